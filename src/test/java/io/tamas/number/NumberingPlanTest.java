package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberingPlanTest {
  private static final NumberingPlan TEHRAN = new NumberingPlan("IR", "21");
  private static final String ALPHABET =
      "0123456789+-() .ab;@&$,{}\u06F0\u0661\u200F\u200C\u0000\n\uD83D\uDE00\uD800é";

  @ParameterizedTest
  @CsvSource({
    "IR,  21,   +989121234567,        +989121234567",
    "IR,  21,   00989121234567,       +989121234567",
    "IR,  21,   989121234567,         +989121234567",
    "IR,  21,   09121234567,          +989121234567",
    "IR,  21,   9121234567,           +989121234567",
    "IR,  21,   02191001000,          +982191001000",
    "IR,  21,   91001000,             +982191001000",
    "IR,  21,   ۰۹۱۲۱۲۳۴۵۶۷,          +989121234567",
    "IR,  21,   ٠٩١٢ ١٢٣ ٤٥٦٧,        +989121234567",
    "IR,  21,   0912-123-4567,        +989121234567",
    "IR,  21,   (021) 9100 1000,      +982191001000",
    "IR,  21,   tel:+98-912-1234567,  +989121234567",
    "IR,  21,   sip:09121234567@host, +989121234567",
    "IR,  21,   0079121234567,        +79121234567",
    "IR,  21,   +00989121234567,      +989121234567",
    "IR,  21,   +09121234567,         +989121234567",
    "IR,  21,   'Ali <sip:+989121234567@10.0.0.1;user=phone>', +989121234567",
    "IR,  311,  021-9100-1000,        +982191001000",
    "IR,  26,   32221234,             +982632221234",
    "RU,  495,  8 (800) 555-35-35,    +78005553535",
    "RU,  495,  8 10 90 532 1234567,  +905321234567",
    "TR,  212,  444 1 212,            +904441212",
    "TR,  212,  0 (212) 462 12 34,    +902124621234",
    "DE,  30,   030/901820,           +4930901820",
    "GB,  20,   020 7946 0123,        +442079460123",
    "IT,  06,   06 6982 1234,         +390669821234",
    "RU,  342,  89121234567,          +79121234567",
    "RU,  342,  +7 912 123-45-67,     +79121234567",
    "RU,  342,  79121234567,          +79121234567",
    "RU,  342,  9121234567,           +79121234567",
    "RU,  342,  2123456,              +73422123456",
    "RU,  342,  83422123456,          +73422123456",
    "RU,  342,  810989121234567,      +989121234567",
    "TR,  232,  05321234567,          +905321234567",
    "TR,  232,  5321234567,           +905321234567",
    "TR,  232,  00989121234567,       +989121234567",
    "TR,  232,  2324621234,           +902324621234",
    "TR,  232,  4621234,              +902324621234",
    "US,  212,  011989121234567,      +989121234567",
    "US,  212,  5550123,              +12125550123"
  })
  void numbersAreReadByTheHabitsOfTheTrunk(
      String country, String areaCode, String raw, String expected) {
    assertEquals(
        new CallerId.Number(new PhoneNumber(expected)),
        new NumberingPlan(country, areaCode).parse(raw));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "anonymous",
        "Anonymous",
        "UNKNOWN",
        "restricted",
        "private",
        "+",
        "\u200F",
        "5",
        "sip:anonymous@anonymous.invalid",
        "anonymous@anonymous.invalid",
        "Anonymous <anonymous@anonymous.invalid>",
        "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
      })
  void unparsableCallersAreAnonymous(String raw) {
    assertEquals(new CallerId.Anonymous(), TEHRAN.parse(raw));
  }

  @ParameterizedTest
  @ValueSource(strings = {"110", "115", "3000123456", "10001234", "30005088", "50001234567890"})
  void linesAndServicesAreShortCodes(String raw) {
    assertEquals(new CallerId.ShortCode(raw), TEHRAN.parse(raw));
  }

  @ParameterizedTest
  @CsvSource({
    "Bank Melli, Bank Melli",
    "بانک ملی, بانک ملی",
    "0912a1234567, 0912a1234567",
    "0912&1234567, 0912&1234567",
    "0912;1234567, 0912;1234567",
    "+0912@x, +0912@x"
  })
  void whatIsNotOnlyDigitsIsAName(String raw, String expected) {
    assertEquals(new CallerId.Alphanumeric(expected), TEHRAN.parse(raw));
  }

  @ParameterizedTest
  @CsvSource({
    "1-0-1,        101",
    "۱۰۱,          101",
    "1000 ,        1000",
    "+101,         ''",
    "101;x=1,      ''",
    "10l,          ''",
    "*8101,        ''",
    "anonymous,    ''"
  })
  void digitsAreReadOnlyWhereThereIsNothingElse(String raw, String expected) {
    assertEquals(expected, NumberingPlan.digits(raw).orElse(""));
  }

  @Test
  void marksThatAreNotSeenChangeNothing() {
    assertEquals(TEHRAN.parse("09121234567"), TEHRAN.parse("\u200F0912\u200C123\u202A4567"));
  }

  @Test
  void anUnknownInternationalNumberIsKept() {
    assertEquals(
        new CallerId.Number(new PhoneNumber("+999123456789")), TEHRAN.parse("+999123456789"));
  }

  @Test
  void longInputIsCutNotRefused() {
    assertTrue(TEHRAN.parse("x".repeat(100_000)).text().length() <= 40);
    assertTrue(TEHRAN.parse("1".repeat(100_000)).text().length() <= 64);
  }

  @Test
  void nothingFailsAndWhatIsReadIsReadAlikeAgain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] letters = ALPHABET.codePoints().toArray();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder raw = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        raw.appendCodePoint(letters[random.nextInt(letters.length)]);
      }
      CallerId read = TEHRAN.parse(raw.toString());
      read.phoneNumber()
          .ifPresent(number -> assertEquals(read, TEHRAN.parse(number.e164()), "seed " + seed));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "IR, 021, 21",
    "DE, 030, 30",
    "IR, 21, 21",
    "IT, 06, 06",
    "RU, 812, 812",
    "US, 212, 212"
  })
  void areaCodeIsKeptWithoutWhatIsDialledBeforeIt(String country, String written, String kept) {
    assertEquals(kept, new NumberingPlan(country, written).areaCode());
  }

  @Test
  void aPlanHasACountryOfTwoLettersAndAnAreaOfDigits() {
    assertThrows(IllegalArgumentException.class, () -> new NumberingPlan("Iran", "21"));
    assertThrows(IllegalArgumentException.class, () -> new NumberingPlan("IR", "2a"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "IR, 21,  112, +98112 0098112 98112",
    "RU, 495, 112, +7112 007112 8107112 7112",
    "US, 212, 911, +1911 001911 0111911 1911",
    "DE, 30,  112, +49112 0049112 49112",
    // a number of the area
    "IR, 21,  123456, +98123456 0098123456",
    // a number of the country
    "DE, 30,  30901820, ''"
  })
  void shortNumberIsDialledWithTheCodeOfItsCountryToo(
      String country, String area, String digits, String expected) {
    assertEquals(
        expected, String.join(" ", new NumberingPlan(country, area).withCountryCode(digits)));
  }

  /// So whoever dials one with the code of its country means just that.
  @Test
  void noEmergencyNumberOfAnyCountryIsASubscriberBehindTheCodeOfItsCountry() {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    ShortNumberInfo shorts = ShortNumberInfo.getInstance();
    int found = 0;
    for (String region : plans.getSupportedRegions()) {
      int code = plans.getCountryCodeForRegion(region);
      for (int digits = 10; digits < 10_000; digits++) {
        String number = Integer.toString(digits);
        if (shorts.isEmergencyNumber(number, region)) {
          found++;
          assertEquals(Optional.empty(), Reading.assigned(code + number), region + " " + number);
        }
      }
    }
    assertTrue(found > 500, "only " + found + " emergency numbers");
  }
}
