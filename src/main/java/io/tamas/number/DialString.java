package io.tamas.number;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What Asterisk's `Dial` rings together: `PJSIP/101&PJSIP/102`. Safe by construction: nothing in
/// it but technology, digits and `&`, so no text from outside becomes dialplan.
public record DialString(String text) {
  /// One command of FastAGI has 2,047 bytes for it and the variable's name.
  private static final int MAX_LENGTH = 1_900;

  private static final Pattern FORM = Pattern.compile("PJSIP/[0-9]{1,8}(?:&PJSIP/[0-9]{1,8})*");

  public DialString {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a dial string is phones of extensions, in at most " + MAX_LENGTH + " characters");
    }
  }

  /// The phones of extensions.
  ///
  /// @throws IllegalArgumentException if there is none, or more than fit
  public static DialString of(List<ExtensionNumber> extensions) {
    return new DialString(
        extensions.stream()
            .map(extension -> "PJSIP/" + extension.digits())
            .collect(Collectors.joining("&")));
  }

  @Override
  public String toString() {
    return text;
  }
}
