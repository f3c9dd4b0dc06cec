package io.tamas.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What is known of the numbers of a country: from the library's metadata, and by hand where that
/// is lax or silent.
///
/// @param code the country calling code
/// @param trunkPrefix what is dialled before a national number, such as `0`; empty if nothing is
/// @param fixedLength the digits of a fixed-line number with its area code, where all have the same
/// @param longest the most digits of a national number, without the prefix
/// @param dialling how digits are read that are dialled there
record Country(
    String region,
    String code,
    String trunkPrefix,
    OptionalInt fixedLength,
    int longest,
    NationalDigits dialling) {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final Map<String, Country> KNOWN = new ConcurrentHashMap<>();

  private static final Map<String, List<String>> ABROAD = new ConcurrentHashMap<>();
  private static final int LONGEST_ABROAD = 4;

  private static final int E164_DIGITS = 15;

  /// The library also has short numbers of companies (Iran), old ones (Britain, Hungary, Poland,
  /// Slovakia), and none for the fixed lines of Iraq, whose area codes differ in length.
  private static final Map<String, Integer> FIXED_LENGTHS =
      Map.of("IR", 10, "GB", 10, "HU", 8, "PL", 9, "SK", 9, "RO", 9, "CO", 10);

  /// Germany assigns no more than 11 digits (Bundesnetzagentur); the library takes 15.
  private static final Map<String, Integer> LONGEST = Map.of("DE", 11);

  /// Services that the library does not know.
  private static final Map<String, Pattern> SERVICES =
      Map.of(
          "RU", Pattern.compile("0[1-4]|12[12]|13[0-9]"),
          "IR", Pattern.compile("09[69][0-9]{2,3}"),
          "KZ", Pattern.compile("1[0-9]{2}|14[0-9]{2}"),
          "UZ", Pattern.compile("1[0-9]{2,3}"));

  static Country of(String region) {
    return KNOWN.computeIfAbsent(region, Country::read);
  }

  private static Country read(String region) {
    int code = PLANS.getCountryCodeForRegion(region);
    String prefix = PLANS.getNddPrefixForRegion(region, true);
    return new Country(
        region,
        Integer.toString(code),
        prefix == null ? "" : prefix,
        fixedLength(region, code),
        LONGEST.getOrDefault(region, E164_DIGITS - Integer.toString(code).length()),
        NationalDigits.of(region));
  }

  private static OptionalInt fixedLength(String region, int code) {
    if (FIXED_LENGTHS.containsKey(region)) {
      return OptionalInt.of(FIXED_LENGTHS.get(region));
    }
    List<Integer> lengths =
        IntStream.rangeClosed(3, E164_DIGITS)
            .filter(length -> isFixedLength(code, length))
            .boxed()
            .toList();
    return lengths.size() == 1 ? OptionalInt.of(lengths.getFirst()) : OptionalInt.empty();
  }

  /// The library tells by length alone, whatever the digits.
  private static boolean isFixedLength(int code, int length) {
    var any =
        new Phonenumber.PhoneNumber()
            .setCountryCode(code)
            .setNationalNumber(Long.parseLong("2".repeat(length)));
    return PLANS.isPossibleNumberForTypeWithReason(any, PhoneNumberType.FIXED_LINE)
        == ValidationResult.IS_POSSIBLE;
  }

  /// What is dialled before a country code: `00`, `810`, `0014` and others in Brazil.
  List<String> abroad() {
    return ABROAD.computeIfAbsent(region, _ -> readAbroad());
  }

  /// The library tells of whole numbers only, so each beginning is tried with one.
  private List<String> readAbroad() {
    List<String> found = new ArrayList<>();
    List<String> open = List.of("0", "1", "8", "9");
    for (int length = 1; length < LONGEST_ABROAD; length++) {
      List<String> next = new ArrayList<>();
      for (String begun : open) {
        for (char digit = '0'; digit <= '9'; digit++) {
          (leadsAbroad(begun + digit) ? found : next).add(begun + digit);
        }
      }
      open = length == 1 ? next : next.stream().filter(one -> one.startsWith("0")).toList();
    }
    return List.copyOf(found);
  }

  private boolean leadsAbroad(String prefix) {
    try {
      var number = PLANS.parseAndKeepRawInput(prefix + "4930901820", region);
      return number.getCountryCodeSource() == CountryCodeSource.FROM_NUMBER_WITH_IDD
          && number.getCountryCode() == 49
          && number.getNationalNumber() == 30_901_820;
    } catch (NumberParseException e) {
      return false;
    }
  }

  /// Whether numbers have one length, so that the prefix can be left out; those of mobiles in China
  /// have.
  boolean isClosed() {
    return fixedLength.isPresent() || region.equals("CN");
  }

  /// Whether it is a short number of the country: an emergency number, directory enquiries, a
  /// public service.
  boolean isService(String digits) {
    if (digits.length() > 6) {
      return false;
    }
    ShortNumberInfo shorts = ShortNumberInfo.getInstance();
    var number =
        new Phonenumber.PhoneNumber()
            .setCountryCode(Integer.parseInt(code))
            .setNationalNumber(Long.parseLong(digits));
    return !digits.startsWith("0") && shorts.isValidShortNumberForRegion(number, region)
        || shorts.isEmergencyNumber(digits, region)
        || SERVICES.containsKey(region) && SERVICES.get(region).matcher(digits).matches();
  }
}
