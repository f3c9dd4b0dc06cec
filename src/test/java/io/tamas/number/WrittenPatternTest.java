package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenPatternTest {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  private static String read(String text, NumberingPlan... plans) {
    return WrittenPattern.read(text, List.of(plans)).map(NumberPattern::text).orElse("refused");
  }

  @ParameterizedTest(name = "{2} in {0} {1}")
  @CsvSource({
    "IR, 21,   09*,              +989*",
    "IR, 21,   0909*,            +98909*",
    "IR, 21,   ۰۹۰۹*,            +98909*",
    "IR, 21,   0909-XXX-XXXX,    +98909XXXXXXX",
    "IR, 21,   0909xxxxxxx,      +98909XXXXXXX",
    "IR, 21,   09121234567,      +989121234567",
    "IR, 21,   021*,             +9821*",
    "IR, 21,   0[58]*,           refused",
    "IR, 21,   +98[1-9],         refused",
    "IR, 21,   021 9100 200[1],  refused",
    "IR, 21,   021XXXXXXXX,      +9821XXXXXXXX",
    "IR, 21,   91001XXX,         +982191001XXX",
    "IR, 21,   91001000,         +982191001000",
    "IR, 21,   0049*,            +49*",
    "IR, 21,   00*,              +*",
    "IR, 21,   00 98 909*,       +98909*",
    "IR, 21,   +98 (0) 909*,     +98909*",
    "IR, 21,   +98909*,          +98909*",
    "IR, 21,   +980909*,         +98909*",
    "IR, 21,   1XX,              1XX",
    "IR, 21,   110,              110",
    "IR, 21,   09629,            09629",
    "IR, 21,   3000*,            3000*",
    "IR, 21,   *,                *",
    "IR, 21,   +*,               +*",
    "IR, 21,   Anonymous,        anonymous",
    "IR, 21,   0*,               refused",
    "IR, 21,   X*,               refused",
    "IR, 21,   mobile,           refused",
    "IR, 21,   98-21+,           refused",
    "RU, 495,  89*,              +79*",
    "RU, 495,  8 (900) XXX-XX-XX, +7900XXXXXXX",
    "RU, 495,  810*,             +*",
    "RU, 495,  810 49*,          +49*",
    "RU, 495,  8*,               refused",
    "RU, 495,  02,               02",
    "TR, 212,  0900*,            +90900*",
    "TR, 212,  0 532 XXX XX XX,  +90532XXXXXXX",
    "DE, 30,   0900*,            +49900*",
    "DE, 30,   0137XXXXXXX,      +49137XXXXXXX",
    "DE, 30,   116117,           116117",
    "DE, 30,   08001234567XXXX,  refused",
    "DE, 30,   080012345678901,  refused",
    "GB, 20,   09*,              +449*",
    "FR, '',   0899*,            +33899*",
    "US, 212,  1900*,            +1900*",
    "US, 212,  1-900-XXX-XXXX,   +1900XXXXXXX",
    "US, 212,  011*,             +*",
    "US, 212,  911,              911",
    "MX, 55,   +521*,            +52*",
    "MX, 55,   +52155XXXXXXXX,   +5255XXXXXXXX",
    "BR, 11,   +551181234567,    +5511981234567",
    "BR, 11,   +55118XXXXXXX,    +551198XXXXXXX",
    "BR, 11,   +551198XXXXXXX,   +551198XXXXXXX",
    "BR, 11,   +55118*,          +551198*",
    "BR, 11,   +551121XXXXXX,    +551121XXXXXX"
  })
  void patternsAreReadAsTheyAreDialled(String region, String area, String written, String pattern) {
    assertEquals(pattern, read(written, new NumberingPlan(region, area)));
  }

  @Test
  void plansThatDisagreeRefuseANationalPattern() {
    NumberingPlan iran = new NumberingPlan("IR", "21");
    NumberingPlan turkey = new NumberingPlan("TR", "212");
    assertEquals("refused", read("09*", iran, turkey));
    assertEquals("+98909*", read("+98909*", iran, turkey));
    assertEquals("1XX", read("1XX", iran, turkey));
    assertEquals("refused", read("09*"));
    assertEquals("1XX", read("1XX"));
  }

  /// In each country with a prefix before national numbers, the beginning of a number in national
  /// form is that of the number, or is refused.
  @Test
  void aNationalBeginningIsThatOfTheNumberOrIsRefusedInEveryCountry() {
    List<String> wrong = new ArrayList<>();
    int read = 0;
    int refused = 0;
    for (String region : new TreeSet<>(PLANS.getSupportedRegions())) {
      NumberingPlan plan = new NumberingPlan(region, "");
      for (PhoneNumberType type : List.of(PhoneNumberType.MOBILE, PhoneNumberType.PREMIUM_RATE)) {
        Phonenumber.PhoneNumber number = PLANS.getExampleNumberForType(region, type);
        String prefix = PLANS.getNddPrefixForRegion(region, true);
        String e164 = number == null ? "" : PLANS.format(number, PhoneNumberFormat.E164);
        String national = number == null ? "" : prefix + PLANS.getNationalSignificantNumber(number);
        // 0 19 leads abroad in Israel, and is the beginning of premium numbers
        if (prefix != null && !prefix.isEmpty() && plan.parse(national).text().equals(e164)) {
          String pattern = read(national.substring(0, prefix.length() + 3) + "*", plan);
          if (pattern.equals("refused")) {
            refused++;
          } else if (new NumberPattern(pattern).matches(e164) && pattern.startsWith("+")) {
            read++;
          } else {
            wrong.add(region + " " + national + " " + pattern);
          }
        }
      }
    }
    System.out.println("national beginnings: " + read + " read, " + refused + " refused");
    assertEquals(List.of(), wrong);
    assertTrue(read > 4 * refused, read + " " + refused);
  }
}
