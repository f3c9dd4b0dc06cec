package io.tamas.crm;

import io.tamas.number.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/// A number as people write it in international form: `+98 (912) 123-45-67`, `0098…`, in digits of
/// any script. Pure.
///
/// The country is not guessed if it is missing: a profile belongs to no trunk that would define it.
final class NumberText {
  static final String RULE = "must be an international number: + or 00, country, 7 to 15 digits";

  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}\\p{Cf}().\\-‐-―/]");
  private static final Pattern LOOKS_DIALLED = Pattern.compile("\\+?[0-9]{3,}");

  private NumberText() {}

  static Optional<PhoneNumber> parse(String text) {
    String dialled = dialled(text);
    String international = dialled.startsWith("00") ? "+" + dialled.substring(2) : dialled;
    try {
      return Optional.of(new PhoneNumber(international));
    } catch (IllegalArgumentException notInternational) {
      return Optional.empty();
    }
  }

  /// The digits to search for if a text may be a part of a number: at least three.
  static Optional<String> part(String text) {
    String dialled = dialled(text);
    if (!LOOKS_DIALLED.matcher(dialled).matches()) {
      return Optional.empty();
    }
    return Optional.of(dialled.startsWith("00") ? "+" + dialled.substring(2) : dialled);
  }

  private static String dialled(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    SEPARATORS
        .matcher(text)
        .replaceAll("")
        .codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(ascii::appendCodePoint);
    return ascii.toString();
  }
}
