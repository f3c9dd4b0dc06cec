package io.tamas.number;

import java.util.Optional;
import java.util.regex.Pattern;

/// The one form of a line that networks write in two.
///
/// - Mexico dropped the `1` after `+52` of mobile numbers in 2019; networks still send it.
/// - Brazil put a `9` before the eight digits of mobile numbers between 2012 and 2016.
/// - Argentina's mobile numbers have a `9` after `+54` when called from abroad; as callers they
///   often come without. Which of the lines without it are mobile ones cannot be told, and both
///   forms are valid, so [#twin] names the other one.
final class LineForm {
  private static final Pattern MEXICAN = Pattern.compile("^\\+521([0-9]{10})$");
  private static final Pattern BRAZILIAN = Pattern.compile("^\\+55([1-9][0-9])([6-9][0-9]{7})$");
  private static final Pattern ARGENTINE = Pattern.compile("\\+54(9?)([1-8][0-9]{9})");

  private LineForm() {}

  static String of(String e164) {
    if (e164.startsWith("+521")) {
      return MEXICAN.matcher(e164).replaceFirst("+52$1");
    }
    return e164.startsWith("+55") ? BRAZILIAN.matcher(e164).replaceFirst("+55$19$2") : e164;
  }

  static Optional<String> twin(String e164) {
    var argentine = ARGENTINE.matcher(e164);
    return argentine.matches()
        ? Optional.of("+54" + (argentine.group(1).isEmpty() ? "9" : "") + argentine.group(2))
        : Optional.empty();
  }
}
