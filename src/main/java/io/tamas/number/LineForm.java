package io.tamas.number;

import java.util.regex.Pattern;

/// The one form of a line that networks write in two.
///
/// - Mexico dropped the `1` after `+52` of mobile numbers in 2019; networks still send it.
/// - Brazil put a `9` before the eight digits of mobile numbers between 2012 and 2016.
///
/// Not Argentina's: its mobile numbers have a `9` after `+54` in one form and none in the other,
/// and which of the latter are mobile ones cannot be told.
final class LineForm {
  private static final Pattern MEXICAN = Pattern.compile("^\\+521([0-9]{10})$");
  private static final Pattern BRAZILIAN = Pattern.compile("^\\+55([1-9][0-9])([6-9][0-9]{7})$");

  private LineForm() {}

  static String of(String e164) {
    if (e164.startsWith("+521")) {
      return MEXICAN.matcher(e164).replaceFirst("+52$1");
    }
    return e164.startsWith("+55") ? BRAZILIAN.matcher(e164).replaceFirst("+55$19$2") : e164;
  }
}
