package io.tamas.number;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Digits without a `+`, read as a number by the habits of a country. The readings in their order,
/// of which the first that explains the digits counts:
///
/// 1. abroad, after the prefix that leads there (`00`, `810`, `011`): it is believed, since the
///    library does not hold every number that exists for valid;
/// 2. national, after the prefix of the country (`0`, `8`): valid, or at least of the right length;
/// 3. national, for the whole country: valid, such as `444 1 212` in Turkey;
/// 4. local, in the area of the trunk;
/// 5. the own country's code and a valid number, without a `+`;
/// 6. national without its prefix: valid. Where numbers differ in length, as in Germany, nobody
///    writes them so: there it comes after
/// 7. another country's code and a valid number, without a `+`;
/// 8. national without its prefix: of the right length.
final class Reading {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  /// Shorter ones exist, but so do local and national numbers that look like them.
  private static final int SHORTEST_OWN = 9;

  private static final int SHORTEST_FOREIGN = 8;

  private static final int LONGEST_LOCAL = 8;

  /// Up to these many digits a number is local only if it has the one length of its country.
  private static final int SHORT = 6;

  private static final Set<PhoneNumberType> NO_AREA =
      EnumSet.of(
          PhoneNumberType.UAN,
          PhoneNumberType.TOLL_FREE,
          PhoneNumberType.SHARED_COST,
          PhoneNumberType.PREMIUM_RATE);

  private static final Pattern INTERNATIONAL = Pattern.compile("[1-9][0-9]{6,14}");

  private final String digits;
  private final String areaCode;
  private final Country country;
  private final NationalDigits dialling;

  private Reading(String digits, NumberingPlan plan) {
    this.digits = digits;
    this.areaCode = plan.areaCode();
    this.country = Country.of(plan.country());
    this.dialling = country.dialling();
  }

  static Optional<PhoneNumber> of(String digits, NumberingPlan plan) {
    Reading reading = new Reading(digits, plan);
    return reading
        .dialling
        .behindAbroad(digits)
        .flatMap(Reading::assigned)
        .or(reading::unassignedAbroadOrInCountry);
  }

  private Optional<PhoneNumber> unassignedAbroadOrInCountry() {
    Optional<Phonenumber.PhoneNumber> parsed = dialling.parsed(digits);
    boolean leadsAbroad =
        parsed
            .map(Phonenumber.PhoneNumber::getCountryCodeSource)
            .filter(CountryCodeSource.FROM_NUMBER_WITH_IDD::equals)
            .isPresent();
    return leadsAbroad ? international(e164(parsed.get()).substring(1)) : inCountry(parsed);
  }

  /// What follows a `+`. Nothing is guessed: a number that is in no plan may still be a real one.
  static Optional<PhoneNumber> international(String digits) {
    if (!INTERNATIONAL.matcher(digits).matches()) {
      return Optional.empty();
    }
    String oneForm = LineForm.of("+" + digits);
    return assigned(digits).or(() -> unassigned(oneForm));
  }

  private static Optional<PhoneNumber> unassigned(String oneForm) {
    Optional<Phonenumber.PhoneNumber> parsed =
        InternationalDigits.prefixed(oneForm)
            // without an idle prefix it is the number that was just found to be in no plan
            .filter(number -> !e164(number).equals(oneForm))
            .map(Reading::inOneForm);
    return parsed
        .flatMap(Reading::validAnywhere)
        .or(() -> parsed.flatMap(Reading::withoutIdlePrefix))
        .or(() -> Optional.of(new PhoneNumber(oneForm)));
  }

  /// The international number that has just these digits; empty if there is none in any plan.
  static Optional<PhoneNumber> assigned(String digits) {
    return InternationalDigits.of(LineForm.of("+" + digits)).flatMap(Reading::validAnywhere);
  }

  /// `+98 (0) 909…` reaches the line of `+98909…`, also where the library holds that for invalid.
  private static Optional<PhoneNumber> withoutIdlePrefix(Phonenumber.PhoneNumber number) {
    return PLANS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
        ? Optional.of(e164(number)).filter(PhoneNumber::isValid).map(PhoneNumber::new)
        : Optional.empty();
  }

  private Optional<PhoneNumber> inCountry(Optional<Phonenumber.PhoneNumber> parsed) {
    Optional<PhoneNumber> valid = parsed.flatMap(this::valid);
    if (parsed.filter(this::isPrefixed).isPresent()) {
      return valid.or(() -> parsed.flatMap(this::ofRightLength));
    }
    return valid
        .filter(_ -> parsed.filter(Reading::isOfNoArea).isPresent())
        .or(this::local)
        .or(() -> withoutPlus(country.code(), SHORTEST_OWN))
        .or(() -> valid.filter(_ -> country.isClosed() && isLongEnough()))
        .or(() -> withoutPlus("", SHORTEST_FOREIGN))
        .or(() -> valid.filter(_ -> isLongEnough()))
        .or(() -> parsed.filter(this::isOfFixedLength).flatMap(this::ofRightLength));
  }

  private boolean isPrefixed(Phonenumber.PhoneNumber number) {
    return beginsNationally()
        && PLANS.getNationalSignificantNumber(number).length() < digits.length();
  }

  /// A number for the whole country that is dialled without a prefix, such as `444 1 212` in
  /// Turkey.
  private static boolean isOfNoArea(Phonenumber.PhoneNumber number) {
    return NO_AREA.contains(PLANS.getNumberType(number));
  }

  private boolean isLongEnough() {
    boolean isWhole = country.trunkPrefix().isEmpty() && areaCode.isEmpty();
    int shortest = country.isClosed() || areaCode.isEmpty() ? SHORT : LONGEST_LOCAL;
    return isWhole || digits.length() > shortest || isFixedLength(digits.length());
  }

  private boolean isOfFixedLength(Phonenumber.PhoneNumber number) {
    return isFixedLength(PLANS.getNationalSignificantNumber(number).length());
  }

  private boolean isFixedLength(int length) {
    return country.fixedLength().isPresent() && country.fixedLength().getAsInt() == length;
  }

  private Optional<PhoneNumber> local() {
    int length = areaCode.length() + digits.length();
    boolean isLength =
        country.fixedLength().isPresent()
            ? isFixedLength(length)
            : digits.length() > SHORT && length <= country.longest();
    return areaCode.isEmpty()
            || !isLength
            || digits.startsWith("0")
            || beginsNationally()
            || digits.length() > LONGEST_LOCAL
        ? Optional.empty()
        : InternationalDigits.of("+" + country.code() + areaCode + digits).flatMap(this::valid);
  }

  /// No local number begins with what is dialled before national ones: 8 in Russia.
  private boolean beginsNationally() {
    return !country.trunkPrefix().isEmpty() && digits.startsWith(country.trunkPrefix());
  }

  private Optional<PhoneNumber> withoutPlus(String code, int shortest) {
    return digits.length() < shortest || !digits.startsWith(code)
        ? Optional.empty()
        : assigned(digits);
  }

  private Optional<PhoneNumber> valid(Phonenumber.PhoneNumber number) {
    return PLANS.getNationalSignificantNumber(number).length() <= country.longest()
        ? validAnywhere(inOneForm(number))
        : Optional.empty();
  }

  private Optional<PhoneNumber> ofRightLength(Phonenumber.PhoneNumber number) {
    String significant = PLANS.getNationalSignificantNumber(number);
    boolean possible = PLANS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    return possible
            && significant.length() > SHORT
            && significant.length() <= country.longest()
            && !significant.startsWith("0")
        ? Optional.of(LineForm.of(e164(number))).filter(PhoneNumber::isValid).map(PhoneNumber::new)
        : Optional.empty();
  }

  /// Some national numbers, such as 9601 in Iran, are too short for E.164.
  private static Optional<PhoneNumber> validAnywhere(Phonenumber.PhoneNumber number) {
    return PLANS.isValidNumber(number)
        ? Optional.of(e164(number)).filter(PhoneNumber::isValid).map(PhoneNumber::new)
        : Optional.empty();
  }

  private static Phonenumber.PhoneNumber inOneForm(Phonenumber.PhoneNumber number) {
    String written = e164(number);
    String oneForm = LineForm.of(written);
    return oneForm.equals(written)
        ? number
        : NationalDigits.byLibrary(oneForm, "ZZ").orElse(number);
  }

  private static String e164(Phonenumber.PhoneNumber number) {
    return PLANS.format(number, PhoneNumberFormat.E164);
  }
}
