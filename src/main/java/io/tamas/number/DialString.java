package io.tamas.number;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What Asterisk's `Dial` rings together: `PJSIP/101&PJSIP/102`. Safe by construction: it contains
/// only technology, digits and `&`, so no untrusted text becomes dialplan.
public record DialString(String text) {
  /// One command of FastAGI has 2,047 bytes for it and the variable's name.
  private static final int MAX_LENGTH = 1_900;

  private static final String ONE =
      "(?:PJSIP/[0-9]{1,8}|Local/[0-9]{1,8}-[0-9]{1,3}@tamas-(?:later|followed))";
  private static final Pattern FORM = Pattern.compile(ONE + "(?:&" + ONE + ")*");

  public DialString {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a dial string is phones of extensions, in at most " + MAX_LENGTH + " characters");
    }
  }

  /// The phone of an extension.
  public static DialString phone(ExtensionNumber extension) {
    return new DialString("PJSIP/" + extension.digits());
  }

  /// A phone that starts to ring after the others (`dialplan/ring.conf`), in whole seconds.
  public static DialString phone(ExtensionNumber extension, Duration delay) {
    return delay.toSeconds() == 0
        ? phone(extension)
        : new DialString("Local/" + extension.digits() + "-" + delay.toSeconds() + "@tamas-later");
  }

  /// The external number to which an extension forwards (`dialplan/ring.conf`).
  public static DialString outside(ExtensionNumber extension, Duration delay) {
    return new DialString(
        "Local/" + extension.digits() + "-" + delay.toSeconds() + "@tamas-followed");
  }

  /// @throws IllegalArgumentException if there is none, or more than fit
  public static DialString together(List<DialString> phones) {
    return new DialString(phones.stream().map(DialString::text).collect(Collectors.joining("&")));
  }

  @Override
  public String toString() {
    return text;
  }
}
