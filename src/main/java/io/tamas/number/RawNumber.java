package io.tamas.number;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number as written by a network or a user, cleaned: digits of all scripts are `0` to `9`,
/// invisible marks and the usual separators are removed.
///
/// @param text the cleaned text, for names
/// @param digits the digits with a `+` where there was one in front; empty if the text is not a
///   number
record RawNumber(String text, String digits) {
  /// Longer input is cut: no number and no name is so long.
  private static final int MAX_LENGTH = 64;

  /// Hyphens and dashes of all widths, brackets, dots and slashes; any kind of space beside them.
  private static final String SEPARATORS =
      "-.()[]/\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFF08\uFF09\uFF0D\uFF0E\uFF0F";

  private static final char WIDE_PLUS = '\uFF0B';
  private static final Pattern SCHEME = Pattern.compile("(?i)(tel|callto|sips?):");
  private static final Pattern CONTEXT = Pattern.compile("(?i);phone-context=(\\+[0-9]{1,15})");

  static RawNumber of(String raw) {
    String text = seen(raw.length() > MAX_LENGTH ? raw.substring(0, MAX_LENGTH) : raw).strip();
    text = withoutScheme(withoutDisplayName(text));
    return new RawNumber(text, digitsOf(text));
  }

  boolean isWithheld() {
    return Withheld.is(text, digits);
  }

  /// Without what is invisible, and with digits of all scripts as `0` to `9`.
  static String seen(String raw) {
    StringBuilder seen = new StringBuilder(raw.length());
    raw.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .map(c -> c == WIDE_PLUS ? '+' : c)
        .forEach(seen::appendCodePoint);
    return seen.toString();
  }

  /// `"Name" <sip:number@host>` (RFC 3261 section 20.10).
  private static String withoutDisplayName(String text) {
    int open = text.lastIndexOf('<');
    int close = text.indexOf('>', open + 1);
    return open >= 0 && close > open ? text.substring(open + 1, close).strip() : text;
  }

  static boolean isSeparator(int c) {
    return SEPARATORS.indexOf(c) >= 0 || Character.isSpaceChar(c);
  }

  /// `tel:+98…;phone-context=…` (RFC 3966), `sip:number@host` (RFC 3261) and `callto:…` contain a
  /// number; a national one belongs to its `phone-context`.
  private static String withoutScheme(String text) {
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.lookingAt()) {
      return text;
    }
    String unescaped = text.replaceAll("(?i)%2b", "+").replace("%20", " ");
    String number = unescaped.substring(scheme.end()).split("[;@?]", 2)[0].strip();
    Matcher context = CONTEXT.matcher(unescaped);
    return !number.startsWith("+") && context.find() ? context.group(1) + number : number;
  }

  /// Anything but digits and separators, above all a letter, means that it is not a number: nothing
  /// is dropped silently, so that no rule can be bypassed by what it does not see.
  private static String digitsOf(String text) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' || c == '+' && digits.isEmpty()) {
        digits.append(c);
      } else if (!isSeparator(c)) {
        return "";
      }
    }
    return digits.toString();
  }
}
