package io.tamas.crm;

import io.tamas.number.WrittenNumbers;
import io.tamas.text.Folding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// What somebody types to find a profile, in any script and any way of writing a number. Pure.
///
/// @param beginning of the name, folded
/// @param words of the name in each form that it may have, as patterns of which all are to match
/// @param email part of an address, as a pattern
/// @param numbers parts of a number, as patterns; empty unless four digits are given
public record SearchTerm(
    String beginning, List<List<String>> words, String email, List<String> numbers) {
  static final String RULE = "must have at least 3 letters or 4 digits";

  private static final int FEWEST_LETTERS = 3;
  private static final int FEWEST_DIGITS = 4;

  /// An index knows parts of three characters.
  private static final int INDEXED = 3;

  /// Empty for a text of too few letters and digits.
  ///
  /// @param by the plans of the company
  public static Optional<SearchTerm> of(String text, WrittenNumbers by) {
    String folded = Folding.fold(text);
    boolean hasDigits = count(folded, Character::isDigit) >= FEWEST_DIGITS;
    if (!hasDigits && count(folded, Character::isLetter) < FEWEST_LETTERS) {
      return Optional.empty();
    }
    return Optional.of(
        new SearchTerm(
            folded,
            Folding.forms(text).stream().map(SearchTerm::patterns).toList(),
            LikePattern.containing(text.strip().toLowerCase(Locale.ROOT)),
            hasDigits ? by.parts(text).stream().map(LikePattern::containing).toList() : List.of()));
  }

  /// The words in whatever order; short ones alone are one phrase, which the index can find.
  private static List<String> patterns(String folded) {
    List<String> words = List.of(folded.split(" "));
    boolean isIndexed = words.stream().anyMatch(word -> word.length() >= INDEXED);
    return (isIndexed ? words.stream().distinct() : Stream.of(folded))
        .map(LikePattern::containing)
        .toList();
  }

  private static long count(String folded, IntPredicate which) {
    return folded.codePoints().filter(which).count();
  }
}
