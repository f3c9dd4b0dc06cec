package io.tamas.number;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A number of the public telephone network in international form (ITU-T E.164): `+` and 7 to 15
/// digits.
public record PhoneNumber(@JsonValue String e164) implements Comparable<PhoneNumber> {
  private static final Pattern FORM = Pattern.compile("\\+[1-9][0-9]{6,14}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PhoneNumber {
    if (!isValid(e164)) {
      throw new IllegalArgumentException("not an E.164 number: + and 7 to 15 digits are required");
    }
  }

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /// The country that the number belongs to (ISO 3166); empty for numbers of no country, such as
  /// those of satellite networks.
  public Optional<String> country() {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    try {
      return Optional.ofNullable(plans.getRegionCodeForNumber(plans.parse(e164, "ZZ")))
          .filter(region -> region.matches("[A-Z]{2}"));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /// Whether the numbers of its country can have so many digits; whether it is assigned is another
  /// question.
  public boolean isOfPossibleLength() {
    return InternationalDigits.of(e164)
        .map(PhoneNumberUtil.getInstance()::isPossibleNumberWithReason)
        .filter(ValidationResult.IS_POSSIBLE::equals)
        .isPresent();
  }

  /// The number of its line: that of one person, in one form always. It is for finding and showing,
  /// not for dialling: what is dialled says how, as Argentina's `9` before mobile numbers.
  public PhoneNumber line() {
    String line = LineForm.identity(e164);
    return line.equals(e164) ? this : new PhoneNumber(line);
  }

  /// All numbers of its line.
  public List<PhoneNumber> sameLine() {
    return LineForm.alike(e164)
        .map(other -> List.of(this, new PhoneNumber(other)))
        .orElseGet(() -> List.of(this));
  }

  @Override
  public int compareTo(PhoneNumber other) {
    return e164.compareTo(other.e164);
  }

  @Override
  public String toString() {
    return e164;
  }
}
