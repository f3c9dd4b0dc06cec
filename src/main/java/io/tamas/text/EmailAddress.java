package io.tamas.text;

import java.util.regex.Pattern;

/// E-mail addresses as they may be kept and written to.
public final class EmailAddress {
  public static final String RULE =
      "must be one e-mail address of at most 254 characters, such as leila@example.com";

  /// Nothing that would end an address in a message header, or start another.
  private static final Pattern FORM =
      Pattern.compile(
          "[^@\\s\\p{Cc}\\p{Cf}\\p{Cs},;:<>()\\[\\]\"\\\\]{1,64}@[^@\\s\\p{Cc}\\p{Cf}\\p{Cs},;:<>()\"\\\\]{1,189}");

  private EmailAddress() {}

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }
}
