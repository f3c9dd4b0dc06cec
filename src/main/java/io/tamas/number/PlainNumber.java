package io.tamas.number;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a network or a phone dialled, as far as it can be read without a numbering plan. Pure.
public final class PlainNumber {
  private static final Pattern SCHEME = Pattern.compile("(?i)(tel|callto|sips?):.*");
  private static final Pattern KEYS = Pattern.compile("[0-9*#]+");

  private PlainNumber() {}

  /// With a `+` the international number, in one form; else the digits, `*` and `#`. Without
  /// separators, scheme and parameters, of which a global `phone-context` counts. Empty if it is no
  /// number.
  public static Optional<String> of(String sent) {
    String keys = separated(sent.split(";", 2)[0]);
    if (KEYS.matcher(keys).matches() && !sent.contains(";")) {
      return Optional.of(keys);
    }
    String digits = RawNumber.of(SCHEME.matcher(sent).matches() ? sent : "tel:" + sent).digits();
    if (!digits.startsWith("+")) {
      return Optional.of(digits).filter(text -> !text.isEmpty());
    }
    String behind = digits.substring(1);
    return Optional.of(behind)
        .filter(text -> !text.isEmpty())
        .map(text -> Reading.international(text).map(PhoneNumber::e164).orElse(text));
  }

  private static String separated(String sent) {
    StringBuilder keys = new StringBuilder(sent.length());
    RawNumber.seen(sent)
        .codePoints()
        .filter(c -> !RawNumber.isSeparator(c))
        .forEach(keys::appendCodePoint);
    return keys.toString();
  }
}
