package io.tamas.number;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Set;

/// International digits as a number of the library, taken apart and not parsed: what the library
/// does for texts of all kinds takes longer than all the rest.
final class InternationalDigits {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final Set<Integer> CODES = PLANS.getSupportedCallingCodes();

  /// Letters of a country; the library's name for none is `001`.
  private static final int COUNTRY = 2;

  private static final int LONGEST_CODE = 3;
  private static final int LONGEST_NATIONAL = 17;

  private InternationalDigits() {}

  /// @param e164 `+` and digits; no country code is the beginning of another one
  static Optional<Phonenumber.PhoneNumber> of(String e164) {
    if (e164.startsWith("+0")) {
      return Optional.empty();
    }
    int code = 0;
    for (int length = 1; length <= LONGEST_CODE && length + 1 < e164.length(); length++) {
      code = code * 10 + e164.charAt(length) - '0';
      if (CODES.contains(code)) {
        String national = e164.substring(length + 1);
        return national.length() > LONGEST_NATIONAL
            ? Optional.empty()
            : Optional.of(number(code, national));
      }
    }
    return Optional.empty();
  }

  /// The same, but that the prefix of national numbers may follow the country's code. Codes of no
  /// country are left to the library.
  static Optional<Phonenumber.PhoneNumber> prefixed(String e164) {
    return of(e164)
        .flatMap(number -> {
          String code = Integer.toString(number.getCountryCode());
          String region = PLANS.getRegionCodeForCountryCode(number.getCountryCode());
          return region.length() == COUNTRY
              ? Country.of(region).dialling().behindCode(e164.substring(code.length() + 1))
              : NationalDigits.byLibrary(e164, "ZZ");
        });
  }

  /// @param national at most 17 digits
  static Phonenumber.PhoneNumber number(int code, String national) {
    var number =
        new Phonenumber.PhoneNumber()
            .setCountryCode(code)
            .setNationalNumber(Long.parseLong(national));
    int zeros = 0;
    while (zeros < national.length() - 1 && national.charAt(zeros) == '0') {
      zeros++;
    }
    if (zeros > 0) {
      number.setItalianLeadingZero(true);
    }
    if (zeros > 1) {
      number.setNumberOfLeadingZeros(zeros);
    }
    return number;
  }
}
