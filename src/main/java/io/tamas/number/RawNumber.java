package io.tamas.number;

import java.util.Locale;

/// A number as written by a network or a user, cleaned: digits of all scripts are `0` to `9`,
/// invisible marks and the usual separators are removed.
///
/// @param text the cleaned text, for names
/// @param digits the digits with a `+` where there was one in front; empty if the text is not a
///   number
record RawNumber(String text, String digits) {
  /// Longer input is cut: no number and no name is so long.
  private static final int MAX_LENGTH = 64;

  private static final String SEPARATORS = " -.()/\u00A0\u2010\u2011\u2012\u2013";

  static RawNumber of(String raw) {
    String text = seen(raw.length() > MAX_LENGTH ? raw.substring(0, MAX_LENGTH) : raw).strip();
    text = withoutScheme(withoutDisplayName(text));
    return new RawNumber(text, digitsOf(text));
  }

  boolean isWithheld() {
    return Withheld.is(text, digits);
  }

  private static String seen(String raw) {
    StringBuilder seen = new StringBuilder(raw.length());
    raw.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(seen::appendCodePoint);
    return seen.toString();
  }

  /// `"Name" <sip:number@host>` (RFC 3261 section 20.10).
  private static String withoutDisplayName(String text) {
    int open = text.lastIndexOf('<');
    int close = text.indexOf('>', open + 1);
    return open >= 0 && close > open ? text.substring(open + 1, close).strip() : text;
  }

  /// `tel:+98…;phone-context=…` (RFC 3966) and `sip:number@host` (RFC 3261) contain a number.
  private static String withoutScheme(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean tel = lower.startsWith("tel:");
    if (!tel && !lower.startsWith("sip:") && !lower.startsWith("sips:")) {
      return text;
    }
    return text.substring(text.indexOf(':') + 1).split("[;@]", 2)[0].strip();
  }

  /// Anything but digits and separators, above all a letter, means that it is not a number: nothing
  /// is dropped silently, so that no rule can be bypassed by what it does not see.
  private static String digitsOf(String text) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' || c == '+' && digits.isEmpty()) {
        digits.append(c);
      } else if (SEPARATORS.indexOf(c) < 0) {
        return "";
      }
    }
    return digits.toString();
  }
}
