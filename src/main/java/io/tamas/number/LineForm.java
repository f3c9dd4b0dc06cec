package io.tamas.number;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The one form of a line that networks write in two.
///
/// - Mexico dropped the `1` after `+52` of mobile numbers in 2019; networks still send it.
/// - Brazil put a `9` before the eight digits of mobile numbers between 2012 and 2016.
/// - Some networks are dialled as a part of a neighbouring plan, and have a country code of their
///   own: the overseas departments of France, San Marino, mobile numbers of Palestine, Northern
///   Ireland from Ireland. A rule for their country would not see them.
final class LineForm {
  private static final Pattern MEXICAN = Pattern.compile("^\\+521([0-9]{10})$");
  private static final Pattern BRAZILIAN = Pattern.compile("^\\+55([1-9][0-9])([6-9][0-9]{7})$");
  private static final Pattern MODERN_MEXICAN = Pattern.compile("\\+52[0-9]{10}");
  private static final Pattern MODERN_BRAZILIAN = Pattern.compile("\\+55[1-9][0-9]9[6-9][0-9]{7}");

  /// Patterns of numbers, in which `X` is any digit and `*` any further ones.
  private static final Pattern BRAZILIAN_PATTERN =
      Pattern.compile("^\\+55([1-9][0-9])(?:([6-9][0-9X]{7})|([6-8][0-9X]{0,6}\\*))$");

  /// The beginning in the neighbour's plan, and the one that is kept.
  private static final Map<String, String> NEIGHBOURS =
      Map.ofEntries(
          Map.entry("+33590", "+590590"),
          Map.entry("+33690", "+590690"),
          Map.entry("+33691", "+590691"),
          Map.entry("+33594", "+594594"),
          Map.entry("+33694", "+594694"),
          Map.entry("+33596", "+596596"),
          Map.entry("+33696", "+596696"),
          Map.entry("+33697", "+596697"),
          Map.entry("+33262", "+262262"),
          Map.entry("+33263", "+262263"),
          Map.entry("+33269", "+262269"),
          Map.entry("+33639", "+262639"),
          Map.entry("+33692", "+262692"),
          Map.entry("+33693", "+262693"),
          Map.entry("+390549", "+3780549"),
          Map.entry("+97256", "+97056"),
          Map.entry("+97259", "+97059"),
          Map.entry("+35348", "+4428"));

  private static final Map<String, String> KEPT =
      NEIGHBOURS.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /// How many digits follow each of the beginnings.
  private static final Map<String, Integer> FOLLOWING =
      Map.of("+35348", 8, "+97256", 7, "+97259", 7);

  private static final int MOST_FOLLOWING = 6;

  /// Argentina's mobile numbers: `9` after the country code, which is left out inside the country.
  private static final Pattern ARGENTINE_MOBILE = Pattern.compile("^\\+549([1-9][0-9]{9})$");

  private static final Pattern ARGENTINE = Pattern.compile("^\\+54([1-8][0-9]{9})$");

  private LineForm() {}

  static String of(String e164) {
    if (e164.startsWith("+521")) {
      return MEXICAN.matcher(e164).replaceFirst("+52$1");
    }
    if (e164.startsWith("+55")) {
      return BRAZILIAN.matcher(e164).replaceFirst("+55$19$2");
    }
    return mayBeNeighbour(e164) ? neighbour(NEIGHBOURS, e164, true).orElse(e164) : e164;
  }

  private static boolean mayBeNeighbour(String e164) {
    return e164.startsWith("+3") || e164.startsWith("+972");
  }

  /// The form of the line that is not kept, if there is one.
  static Optional<String> otherOf(String oneForm) {
    if (oneForm.startsWith("+52") && MODERN_MEXICAN.matcher(oneForm).matches()) {
      return Optional.of("+521" + oneForm.substring(3));
    }
    if (oneForm.startsWith("+55")) {
      return MODERN_BRAZILIAN.matcher(oneForm).matches()
          ? Optional.of(oneForm.substring(0, 5) + oneForm.substring(6))
          : Optional.empty();
    }
    return neighbour(KEPT, oneForm, false);
  }

  /// The pattern of the same lines in the form that is kept.
  static String ofPattern(String pattern) {
    if (pattern.startsWith("+521")) {
      return "+52" + pattern.substring(4);
    }
    Matcher brazilian = BRAZILIAN_PATTERN.matcher(pattern);
    return brazilian.matches()
        ? "+55" + brazilian.group(1) + "9" + pattern.substring(5)
        : neighbour(NEIGHBOURS, pattern, false).orElse(pattern);
  }

  /// The line as one person's: numbers of Argentina without the `9`, since its ten digits are those
  /// of one line, whether it is mobile or fixed. Not for dialling: a mobile line is not reached
  /// without its `9` from abroad, and no fixed one with it.
  static String identity(String oneForm) {
    return oneForm.startsWith("+549")
        ? ARGENTINE_MOBILE.matcher(oneForm).replaceFirst("+54$1")
        : oneForm;
  }

  /// The other number of a line with the same [#identity].
  static Optional<String> alike(String oneForm) {
    String line = identity(oneForm);
    if (!line.equals(oneForm)) {
      return Optional.of(line);
    }
    return ARGENTINE.matcher(oneForm).matches()
        ? Optional.of("+549" + oneForm.substring(3))
        : Optional.empty();
  }

  private static Optional<String> neighbour(
      Map<String, String> beginnings, String number, boolean whole) {
    for (int length = 5; length <= 8 && length <= number.length(); length++) {
      String begun = number.substring(0, length);
      String other = beginnings.get(begun);
      int following = FOLLOWING.getOrDefault(begun, MOST_FOLLOWING);
      if (other != null && (!whole || number.length() == length + following)) {
        return Optional.of(other + number.substring(length));
      }
    }
    return Optional.empty();
  }
}
