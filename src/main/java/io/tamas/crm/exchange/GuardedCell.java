package io.tamas.crm.exchange;

import java.util.regex.Pattern;

/// Texts in a CSV file that no spreadsheet takes for a formula or a number (OWASP, CSV Injection):
/// an apostrophe precedes what could be one, phone numbers too, whose digits would be rounded. What
/// begins with apostrophes before such a text gets one more, so that each has one original. Pure.
final class GuardedCell {
  private static final Pattern FORMULA = Pattern.compile("'*[=+@\t\r\n＝＋－＠-].*", Pattern.DOTALL);

  private GuardedCell() {}

  static String of(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  static String original(String cell) {
    return cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
  }
}
