package io.tamas.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Digits as they are dialled in a country, as a number of the library. They are taken apart and
/// not parsed, by the same rules: what the library does for texts of all kinds takes longer than
/// all the rest.
///
/// @param code the country calling code
/// @param abroad what leads abroad, the international prefix
/// @param national every national number
/// @param prefix of national numbers, with a carrier's code where there is one (Brazil's `0 15`);
///   may be empty
/// @param rule what is put in place of a prefix whose last group is there, such as `$2`: a prefix
///   without the carrier's code, or with an area's; may be empty
/// @param lengths of national numbers
record NationalDigits(
    String region,
    String code,
    Pattern abroad,
    Pattern national,
    Pattern prefix,
    String rule,
    Set<Integer> lengths) {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final int SHORTEST = 2;
  private static final int LONGEST = 17;

  static NationalDigits of(String region) {
    PhoneMetadata known = known(region);
    return new NationalDigits(
        region,
        Integer.toString(known.getCountryCode()),
        Pattern.compile(known.getInternationalPrefix()),
        Pattern.compile(known.getGeneralDesc().getNationalNumberPattern()),
        Pattern.compile(known.getNationalPrefixForParsing()),
        known.getNationalPrefixTransformRule(),
        Set.copyOf(known.getGeneralDesc().getPossibleLengthList()));
  }

  private static PhoneMetadata known(String region) {
    PhoneMetadata known =
        DefaultMetadataDependenciesProvider.getInstance()
            .getPhoneNumberMetadataSource()
            .getMetadataForRegion(region);
    return known == null ? new PhoneMetadata() : known;
  }

  /// What follows the prefix that leads abroad; no country code begins with 0.
  Optional<String> behindAbroad(String digits) {
    return behind(abroad, digits).filter(rest -> !rest.startsWith("0"));
  }

  Optional<Phonenumber.PhoneNumber> parsed(String digits) {
    return behindAbroad(digits).isPresent()
        ? byLibrary(digits, region)
        : behindCode(withoutCode(digits));
  }

  /// What follows the country's code, perhaps with the prefix that is idle there: `+98 (0) 21…`.
  Optional<Phonenumber.PhoneNumber> behindCode(String digits) {
    return Optional.of(withoutPrefix(digits).filter(this::isLongEnough).orElse(digits))
        .filter(rest -> rest.length() >= SHORTEST && rest.length() <= LONGEST)
        .map(rest -> InternationalDigits.number(Integer.parseInt(code), rest));
  }

  /// The own country's code is one only before a number that would be none with it.
  private String withoutCode(String digits) {
    if (!digits.startsWith(code)) {
      return digits;
    }
    String behind = digits.substring(code.length());
    String rest = withoutPrefix(behind).orElse(behind);
    return !isNational(digits) && isNational(rest) || isTooLong(digits) ? rest : digits;
  }

  /// A number that is one as it stands keeps its first digits, if it would be none without them.
  private Optional<String> withoutPrefix(String digits) {
    return behindPrefix(digits).filter(rest -> isNational(rest) || !isNational(digits));
  }

  private Optional<String> behindPrefix(String digits) {
    Matcher found = prefix.matcher(digits);
    boolean isRewritten =
        !rule.isEmpty() && found.lookingAt() && found.group(found.groupCount()) != null;
    return isRewritten ? Optional.of(found.replaceFirst(rule)) : behind(prefix, digits);
  }

  private static Optional<String> behind(Pattern prefix, String digits) {
    Matcher found = prefix.matcher(digits);
    return found.lookingAt() && found.end() > 0
        ? Optional.of(digits.substring(found.end()))
        : Optional.empty();
  }

  private boolean isNational(String digits) {
    return national.matcher(digits).matches();
  }

  private boolean isLongEnough(String digits) {
    return lengths.contains(digits.length()) || isTooLong(digits);
  }

  private boolean isTooLong(String digits) {
    return lengths.stream().allMatch(possible -> possible < digits.length());
  }

  static Optional<Phonenumber.PhoneNumber> byLibrary(String text, String region) {
    try {
      return Optional.of(PLANS.parseAndKeepRawInput(text, region));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
