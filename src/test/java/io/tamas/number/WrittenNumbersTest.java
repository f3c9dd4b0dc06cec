package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.tamas.number.WrittenNumbers.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenNumbersTest {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final WrittenNumbers NOWHERE = new WrittenNumbers(List.of());
  private static final WrittenNumbers TEHRAN = at("IR", "21");

  private static WrittenNumbers at(String country, String areaCode) {
    return new WrittenNumbers(List.of(new NumberingPlan(country, areaCode)));
  }

  private static String told(Read read) {
    return switch (read) {
      case Read.Number(PhoneNumber number) -> number.e164();
      case Read.Short(String digits) -> digits;
      case Read.Wrong(String rule) -> rule;
    };
  }

  /// A number of each country as the library writes it, with what people and links put around it.
  @Test
  void everyWritingOfANumberIsTheSameNumberInEveryCountry() {
    List<String> wrong = new ArrayList<>();
    int writings = 0;
    for (String region : new TreeSet<>(PLANS.getSupportedRegions())) {
      WrittenNumbers home = at(region, "");
      for (PhoneNumberType type : List.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)) {
        Phonenumber.PhoneNumber number = PLANS.getExampleNumberForType(region, type);
        if (number != null && e164(number).length() > "+1234567".length()) {
          for (String written : writings(number)) {
            writings++;
            if (!told(home.read(written)).equals(e164(number))) {
              wrong.add(region + " " + written + " is " + told(home.read(written)));
            }
          }
        }
      }
    }
    System.out.println("writings of numbers: " + writings);
    assertTrue(writings > 9_000, "only " + writings);
    // five digits, of a country where a number of five digits may be an extension
    assertEquals(List.of(), wrong.stream().filter(one -> !one.startsWith("KI ")).toList());
  }

  private static List<String> writings(Phonenumber.PhoneNumber number) {
    String e164 = e164(number);
    String national = PLANS.format(number, PhoneNumberFormat.NATIONAL);
    String international = PLANS.format(number, PhoneNumberFormat.INTERNATIONAL);
    return Stream.of(
            Stream.of(e164, "00" + e164.substring(1), national, international),
            Stream.of(national, international)
                .flatMap(text ->
                    Stream.of(
                        text.replace(' ', '\u00A0'),
                        text.replace(' ', '.'),
                        text.replace(' ', '/'),
                        text.replace('-', '\u2013'),
                        "\u202A" + text + "\u202C",
                        "\u200E" + text,
                        "  " + text + "  ",
                        inScript(text, '۰'),
                        inScript(text, '٠'),
                        text + ";ext=12",
                        text + " ext. 12",
                        text + " доб. 12",
                        text + " x12",
                        text + " داخلی ۱۲")),
            Stream.of(
                PLANS.format(number, PhoneNumberFormat.RFC3966),
                "tel:" + e164 + ";ext=12",
                "TEL:" + e164,
                "tel:" + e164.replace("+", "%2B"),
                "callto:" + e164,
                "sip:" + e164 + "@example.org;user=phone",
                "\"Sara\" <sip:" + e164 + "@example.org>",
                e164.replace('+', '\uFF0B')))
        .flatMap(all -> all)
        .toList();
  }

  private static String inScript(String text, char zero) {
    StringBuilder written = new StringBuilder();
    text.chars().forEach(c -> written.append((char) (c >= '0' && c <= '9' ? c - '0' + zero : c)));
    return written.toString();
  }

  private static String e164(Phonenumber.PhoneNumber number) {
    return PLANS.format(number, PhoneNumberFormat.E164);
  }

  @ParameterizedTest(name = "{2} in {0} {1}")
  @CsvSource({
    // spreadsheets that dropped the 0, exports of CRMs, signatures in letters
    "IR, 21,   9121234567,             +989121234567",
    "IR, 21,   0912 123 4567,          +989121234567",
    "IR, 21,   98-912-1234567,         +989121234567",
    "IR, 21,   (021) 9100-1000,        +982191001000",
    "IR, 21,   ۰۲۱-۹۱۰۰۱۰۰۰,             +982191001000",
    "IR, 21,   ۹۱۰۰ ۱۰۰۰,               +982191001000",
    "IR, 21,   +98 (0) 912 123 4567,   +989121234567",
    "IR, 21,   +98 0909 123 4567,      +989091234567",
    "IR, 21,   [021]91001000,          +982191001000",
    "IR, 21,   09121234567 داخلی 12,   +989121234567",
    "IR, 21,   110,                    110",
    "IR, 21,   ۱۰۱,                    101",
    "RU, 495,  8 (495) 123-45-67,      +74951234567",
    "RU, 495,  +7 (495) 123-45-67,     +74951234567",
    "RU, 495,  7 495 123 45 67,        +74951234567",
    "RU, 495,  123-45-67,              +74951234567",
    "RU, 495,  8-10-49-30-901820,      +4930901820",
    "RU, 495,  00 49 30 901820,        +4930901820",
    "RU, 495,  '8 (495) 123-45-67, доб. 15', +74951234567",
    "TR, 212,  0 (532) 123 45 67,      +905321234567",
    "TR, 212,  0212/123 45 67,         +902121234567",
    "DE, 30,   030/901820,             +4930901820",
    "DE, 30,   +49 (0)30 901820,       +4930901820",
    "DE, 30,   0049 (0) 30/90 18-20,   +4930901820",
    "DE, 30,   0171 / 123 45 67,       +491711234567",
    "GB, 20,   +44 (0)20 7946 0123,    +442079460123",
    "GB, 20,   tel:020-7946-0123;phone-context=+44, +442079460123",
    "FR, '',   01.42.68.53.00,         +33142685300",
    "US, 212,  (212) 555-0123 x45,     +12125550123",
    "US, 212,  1-212-555-0123,         +12125550123",
    "US, 212,  00 98 21 9100 1000,     +982191001000",
    "BR, 11,   (11) 98123-4567,        +5511981234567",
    "IT, 06,   06 6982 1234,           +390669821234",
    "AE, 4,    050 123 4567,           +971501234567",
  })
  void numbersAreReadAsPeopleWriteThem(String region, String area, String written, String number) {
    assertEquals(number, told(at(region, area).read(written)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "call me",
        "0912x12y",
        "+98912x",
        "+",
        "++98912123456",
        "+0912",
        "+1234567890123456",
        "1234567890123456",
        "+98",
        "9.89121E+11",
        "0912 123 4567, 0912 765 4321 ",
        "0912123456O",
        "0912\n1234567",
        "*72101",
        "tel:",
        "sip:sara@example.org"
      })
  void anythingElseIsRefusedWithTheRule(String text) {
    assertEquals(WrittenNumbers.RULE, told(TEHRAN.read(text)));
    assertEquals(WrittenNumbers.RULE, told(NOWHERE.read(text)));
  }

  @Test
  void withoutAPlanOnlyInternationalNumbersAreRead() {
    assertEquals("+989121234567", told(NOWHERE.read("00989121234567")));
    assertEquals(new Read.Short("09121234567"), NOWHERE.read("09121234567"));
  }

  @Test
  void aNumberThatIsAnotherOneAtAnotherTrunkIsAmbiguous() {
    WrittenNumbers both =
        new WrittenNumbers(List.of(new NumberingPlan("IR", "21"), new NumberingPlan("TR", "212")));
    assertEquals(WrittenNumbers.AMBIGUOUS, told(both.read("09121234567")));
    assertEquals("+989121234567", told(both.read("+98 912 123 4567")));
    assertEquals("+982191001000", told(both.read("9100 1000")));
    assertEquals("110", told(both.read("110")));
  }

  @ParameterizedTest(name = "<{1}> in {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IR | ` 989121234567`  | +989121234567",
        "RU | ` 989121234567`  | +989121234567",
        "RU | ` 989091234567`  | +989091234567",
        "DE | ` 4930901820`    | +4930901820",
        "DE | ` 030901820`     | +4930901820",
        "IR | ` 09121234567`   | +989121234567",
        "IR | ` +989121234567` | +989121234567",
        "IR | ` 101`           | 101",
        "IR | `989121234567`   | +989121234567"
      })
  void aPlusThatBecameASpaceIsAPlus(String region, String parameter, String number) {
    assertEquals(number, told(at(region, "").readParameter(parameter)));
  }

  @ParameterizedTest
  @CsvSource({
    "0912 123,       +98912123 0912123",
    "912 123,        912123",
    "0098912,        +98098912 +98912",
    "+98-9,          +989",
    "۰۹۱۲,           +98912 0912",
    "09121234567,    +989121234567 09121234567",
    "9100 1000,      +982191001000 91001000",
    "12,             ''",
    "sara,           ''",
    "123a,           ''"
  })
  void aPartOfANumberIsSoughtAsItIsStored(String text, String parts) {
    assertEquals(parts, String.join(" ", TEHRAN.parts(text)));
  }
}
