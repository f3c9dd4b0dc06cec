package io.tamas.crm.exchange;

import java.util.regex.Pattern;

/// Texts in a CSV file that no spreadsheet takes for a formula or a number (OWASP, CSV Injection):
/// an apostrophe precedes what could be one, phone numbers too, whose digits would be rounded. What
/// begins with apostrophes before such a text gets one more, so that each has one original. A
/// workbook that was made of such a file has the apostrophes, too, and is read alike. Pure.
final class GuardedCell {
  private static final Pattern FORMULA = Pattern.compile("'*[=+@\t\r\n＝＋－＠-].*", Pattern.DOTALL);

  private GuardedCell() {}

  static String of(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  /// The same for a cell of a workbook, which is a text whatever it begins with.
  static String ofText(String text) {
    return text.startsWith("'") ? of(text) : text;
  }

  static String original(String cell) {
    return cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
  }
}
