package io.tamas.number;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// A pattern of numbers, in the form in which they are stored: `+98912*` (prefix), `+9821XXXXXXXX`
/// (each `X` one digit), `110` (this number), `anonymous`.
///
/// It is matched against normalised numbers only, so that no separator and no letter can bypass it.
public record NumberPattern(@JsonValue String text) {
  private static final Pattern FORM = Pattern.compile("anonymous|\\+?[0-9X]{1,20}\\*?|\\+?\\*");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public NumberPattern {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "a pattern is digits, with + before, X for any digit, and * for any further digits");
    }
  }

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /// Whether the number matches in any form of its line: no other writing gets past a rule that
  /// denies one.
  public boolean matchesAnyForm(String number) {
    return matches(number) || LineForm.otherOf(number).filter(this::matches).isPresent();
  }

  /// Whether anything can match: a number of the public network has `+` and 7 to 15 digits, of
  /// which the first is no 0.
  public boolean canMatch() {
    if (!text.startsWith("+")) {
      return true;
    }
    boolean open = text.endsWith("*");
    int digits = text.length() - (open ? 2 : 1);
    return digits <= 15 && (open || digits >= 7) && !text.startsWith("+0");
  }

  /// Whether the number, in the form of [CallerId#text], matches.
  public boolean matches(String number) {
    boolean open = text.endsWith("*");
    int length = open ? text.length() - 1 : text.length();
    if (open ? number.length() < length : number.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char expected = text.charAt(i);
      char found = number.charAt(i);
      if (expected == 'X' ? found < '0' || found > '9' : expected != found) {
        return false;
      }
    }
    return true;
  }
}
