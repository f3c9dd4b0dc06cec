package io.tamas.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.regex.Pattern;

/// How numbers are dialled and presented in the country of a trunk.
///
/// @param country two letters of ISO 3166, such as `IR`
/// @param areaCode the area code of local numbers, without the digit dialled before it, such as
///   `21` for Tehran; may be empty
public record NumberingPlan(String country, String areaCode) {
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Pattern INTERNATIONAL = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern AREA_CODE = Pattern.compile("[0-9]{0,6}");

  /// Lines for text messages in Iran: they have no E.164 form, and parsed as local numbers they
  /// would be another subscriber's.
  private static final Pattern IRANIAN_LINE = Pattern.compile("(1000|2000|3000|5000|9000)[0-9]*");

  /// What is dialled before a country code in Russia, where others dial `00`.
  private static final Pattern RUSSIAN_INTERNATIONAL = Pattern.compile("810([1-9][0-9]{6,14})");

  public NumberingPlan {
    if (!COUNTRY.matcher(country).matches()) {
      throw new IllegalArgumentException("a country is two capital letters of ISO 3166");
    }
    if (!AREA_CODE.matcher(areaCode).matches()) {
      throw new IllegalArgumentException("an area code is at most 6 digits");
    }
  }

  /// Parses a number as written by a network or a user. Never fails: what is not a number is a name
  /// or anonymous.
  public CallerId parse(String raw) {
    RawNumber written = RawNumber.of(raw);
    if (written.isWithheld()) {
      return new CallerId.Anonymous();
    }
    return written.digits().isEmpty()
        ? name(written.text())
        : number(withoutIdlePlus(written.digits()));
  }

  /// The digits of a text that consists of digits, of any script, and separators only.
  public static Optional<String> digits(String raw) {
    return Optional.of(RawNumber.of(raw).digits())
        .filter(digits -> !digits.isEmpty() && !digits.startsWith("+"));
  }

  /// The digits that are dialled in this country for a number: `0912…` and `0049…` in Iran, `8912…`
  /// and `81049…` in Russia.
  public String dialled(PhoneNumber number) {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    try {
      String written =
          plans.formatOutOfCountryCallingNumber(plans.parse(number.e164(), "ZZ"), country);
      return PhoneNumberUtil.normalizeDigitsOnly(written);
    } catch (NumberParseException e) {
      return number.e164().substring(1);
    }
  }

  /// Loads what the library knows of the country: some 0.3 s the first time, for which the first
  /// caller should not have to wait.
  public void prepare() {
    valid("+" + countryCode() + areaCode + "0000000", country);
  }

  private static CallerId name(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40).strip() : text;
    return shown.isBlank() ? new CallerId.Anonymous() : new CallerId.Alphanumeric(shown);
  }

  /// No country code begins with 0: `+0098…` is `0098…` to every rule.
  private static String withoutIdlePlus(String digits) {
    return digits.startsWith("+0") ? digits.substring(1) : digits;
  }

  private CallerId number(String digits) {
    if (digits.equals("+")) {
      return new CallerId.Anonymous();
    }
    if (country.equals("IR") && IRANIAN_LINE.matcher(digits).matches() && digits.length() <= 15) {
      return new CallerId.ShortCode(digits);
    }
    return international(digits)
        .or(() -> asWritten(digits))
        .or(() -> local(digits))
        .<CallerId>map(CallerId.Number::new)
        .orElseGet(() -> unreadable(digits));
  }

  /// After a `+` nothing is guessed: a number that is in no plan may still be a real one.
  private static Optional<PhoneNumber> international(String digits) {
    return INTERNATIONAL.matcher(digits).matches()
        ? Optional.of(valid(digits, "ZZ").orElseGet(() -> new PhoneNumber(digits)))
        : Optional.empty();
  }

  private Optional<PhoneNumber> asWritten(String digits) {
    var abroad = RUSSIAN_INTERNATIONAL.matcher(digits);
    return country.equals("RU") && abroad.matches()
        ? valid("+" + abroad.group(1), country)
        : valid(digits, country);
  }

  private Optional<PhoneNumber> local(String digits) {
    return areaCode.isEmpty() || digits.startsWith("0")
        ? Optional.empty()
        : valid("+" + countryCode() + areaCode + digits, country);
  }

  private int countryCode() {
    return PhoneNumberUtil.getInstance().getCountryCodeForRegion(country);
  }

  private static CallerId unreadable(String digits) {
    String bare = digits.startsWith("+") ? digits.substring(1) : digits;
    if (bare.length() < 2) {
      return new CallerId.Anonymous();
    }
    return bare.length() <= 15 ? new CallerId.ShortCode(bare) : name(digits);
  }

  private static Optional<PhoneNumber> valid(String digits, String region) {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    try {
      Phonenumber.PhoneNumber number = plans.parse(digits, region);
      // some national numbers, such as 9601 in Iran, are too short for E.164
      return Optional.of(plans.format(number, PhoneNumberFormat.E164))
          .filter(e164 -> plans.isValidNumber(number) && PhoneNumber.isValid(e164))
          .map(PhoneNumber::new);
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
