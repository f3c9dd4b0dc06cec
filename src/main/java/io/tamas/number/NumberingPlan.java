package io.tamas.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How numbers are dialled and presented in the country of a trunk.
///
/// @param country two letters of ISO 3166, such as `IR`
/// @param areaCode the area code of local numbers, such as `21` for Tehran; a `0` that is dialled
///   before it (`021`) is left out; may be empty
public record NumberingPlan(String country, String areaCode) {
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Pattern SHORT = Pattern.compile("[0-9]{2,6}");
  private static final Pattern AREA_CODE = Pattern.compile("[0-9]{0,6}");

  /// Lines for text messages in Iran: they have no E.164 form, and parsed as local numbers they
  /// would be another subscriber's.
  private static final Pattern IRANIAN_LINE = Pattern.compile("(1000|2000|3000|5000|9000)[0-9]*");

  /// Local numbers in Tehran that look like such a line.
  private static final Pattern TEHRAN_SUBSCRIBER = Pattern.compile("9000[0-9]{4}");

  public NumberingPlan {
    if (!isCountry(country)) {
      throw new IllegalArgumentException("a country is two capital letters of ISO 3166");
    }
    if (!AREA_CODE.matcher(areaCode).matches()) {
      throw new IllegalArgumentException("an area code is at most 6 digits");
    }
    if (areaCode.startsWith("0") && Country.of(country).trunkPrefix().equals("0")) {
      areaCode = areaCode.substring(1);
    }
  }

  public static boolean isValid(String country, String areaCode) {
    return isCountry(country) && AREA_CODE.matcher(areaCode).matches();
  }

  private static boolean isCountry(String text) {
    return COUNTRY.matcher(text).matches();
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

  /// The short numbers, of 2 to 6 digits, that digits may stand for, with or without the code of
  /// the country or the area before them: `1540` for `1540`, `+981540`, `0211540` and `+98211540`.
  public List<String> shortForms(String raw) {
    String digits = RawNumber.of(raw).digits();
    Country here = Country.of(country);
    return Stream.of("", "+" + here.code(), "00" + here.code(), here.code(), here.trunkPrefix())
        .flatMap(before -> behind(before, digits))
        .flatMap(rest -> Stream.concat(Stream.of(rest), behind(areaCode, rest)))
        .filter(rest -> SHORT.matcher(rest).matches())
        .distinct()
        .toList();
  }

  /// The ways in which a short number is dialled with the code of its country: `+98112`, `0098112`
  /// and `98112` for `112` in Iran. Never what is, by the plan, somebody else's number.
  public List<String> withCountryCode(String digits) {
    Country here = Country.of(country);
    String whole = here.code() + digits;
    if (Reading.assigned(whole).isPresent()) {
      return List.of();
    }
    Stream<String> abroad =
        Stream.concat(Stream.of("+", "00"), here.abroad().stream())
            .distinct()
            .map(prefix -> prefix + whole);
    return parse(whole).phoneNumber().isPresent()
        ? abroad.toList()
        : Stream.concat(abroad, Stream.of(whole)).toList();
  }

  private static Stream<String> behind(String prefix, String digits) {
    return digits.startsWith(prefix)
        ? Stream.of(digits.substring(prefix.length()))
        : Stream.empty();
  }

  /// The digits that are dialled in this country for a number: `0912…` and `0049…` in Iran, `8912…`
  /// and `81049…` in Russia.
  ///
  /// A number stays as it is, with its `+`, where there is no one prefix that leads abroad, as in
  /// Brazil, whose callers choose a carrier with it, or where the digits would be read otherwise.
  public String dialled(PhoneNumber number) {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    try {
      String written =
          plans.formatOutOfCountryCallingNumber(plans.parse(number.e164(), "ZZ"), country);
      String digits = PhoneNumberUtil.normalizeDigitsOnly(written);
      return !written.startsWith("+")
              && parse(digits).phoneNumber().filter(number::equals).isPresent()
          ? digits
          : number.e164();
    } catch (NumberParseException e) {
      return number.e164();
    }
  }

  /// How numbers begin that are dialled with these digits in this country, after the prefix of
  /// national numbers: `+98912` for `0912`.
  public Optional<String> beginning(String digits) {
    Country home = Country.of(country);
    String prefix = home.trunkPrefix();
    return prefix.isEmpty() || !digits.startsWith(prefix) || digits.length() == prefix.length()
        ? Optional.empty()
        : Optional.of("+" + home.code() + digits.substring(prefix.length()));
  }

  /// Loads what the library knows of the country: some 0.3 s the first time, for which the first
  /// caller should not have to wait.
  public void prepare() {
    parse(areaCode + "0000001");
    isService("1");
  }

  /// Whether it is a short number of the country, such as `112`, `118` in Iran or `116117` in
  /// Germany.
  public boolean isService(String digits) {
    return Country.of(country).isService(digits);
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
    if (isPanelLine(digits)) {
      return new CallerId.ShortCode(digits);
    }
    return (digits.startsWith("+")
            ? Reading.international(digits.substring(1))
            : Reading.of(digits, this))
        .<CallerId>map(CallerId.Number::new)
        .orElseGet(() -> unreadable(digits));
  }

  private boolean isPanelLine(String digits) {
    return country.equals("IR")
        && IRANIAN_LINE.matcher(digits).matches()
        && digits.length() <= 15
        && !(areaCode.equals("21") && TEHRAN_SUBSCRIBER.matcher(digits).matches());
  }

  private static CallerId unreadable(String digits) {
    String bare = digits.startsWith("+") ? digits.substring(1) : digits;
    if (bare.length() < 2 || Withheld.isKeyed(bare)) {
      return new CallerId.Anonymous();
    }
    return bare.length() <= 15 ? new CallerId.ShortCode(bare) : name(digits);
  }
}
