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
/// @param beginnings of numbers, with `+`; empty unless four digits are given
/// @param digits parts of numbers, as patterns; empty unless four digits are given
/// @param isWhole whether the digits are a whole number, so that they are looked for as a part of
///   one only where nothing else is found
public record SearchTerm(
    String beginning,
    List<List<String>> words,
    String email,
    List<String> beginnings,
    List<String> digits,
    boolean isWhole) {
  static final String RULE = "must have at least 3 letters or 4 digits";

  private static final int FEWEST_LETTERS = 3;
  private static final int FEWEST_DIGITS = 4;

  /// A shorter one may be the number of a place, or a part of a longer one.
  private static final int FEWEST_OF_WHOLE = 9;

  /// In different countries.
  private static final int MOST_BEGINNINGS = 10;

  /// An index knows parts of three characters.
  private static final int INDEXED = 3;

  /// Empty for a text of too few letters and digits.
  ///
  /// @param by the plans of the company
  public static Optional<SearchTerm> of(String text, WrittenNumbers by) {
    String folded = Folding.fold(text);
    long digits = count(folded, Character::isDigit);
    boolean hasDigits = digits >= FEWEST_DIGITS;
    if (!hasDigits && count(folded, Character::isLetter) < FEWEST_LETTERS) {
      return Optional.empty();
    }
    List<String> parts = hasDigits ? by.parts(text) : List.of();
    boolean isWhole = digits >= FEWEST_OF_WHOLE && by.number(text).isPresent();
    return Optional.of(
        new SearchTerm(
            folded,
            Folding.forms(text).stream().map(SearchTerm::patterns).toList(),
            LikePattern.containing(text.strip().toLowerCase(Locale.ROOT)),
            parts.stream().filter(part -> part.startsWith("+")).limit(MOST_BEGINNINGS).toList(),
            parts.stream()
                .filter(part -> !part.startsWith("+"))
                .map(LikePattern::containing)
                .toList(),
            isWhole));
  }

  /// The same, looked for as a part of a number: ten digits of a number abroad read as a whole one
  /// of the company's own country.
  SearchTerm asPart() {
    return new SearchTerm(beginning, words, email, beginnings, digits, false);
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
