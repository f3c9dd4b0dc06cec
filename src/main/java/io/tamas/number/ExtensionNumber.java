package io.tamas.number;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// The number of an extension inside the company: 1 to 8 digits.
public record ExtensionNumber(@JsonValue String digits) implements Comparable<ExtensionNumber> {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,8}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ExtensionNumber {
    if (!isValid(digits)) {
      throw new IllegalArgumentException("an extension number is 1 to 8 digits");
    }
  }

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(ExtensionNumber other) {
    return digits.compareTo(other.digits);
  }

  @Override
  public String toString() {
    return digits;
  }
}
