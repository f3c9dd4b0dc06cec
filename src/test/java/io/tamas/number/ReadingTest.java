package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables made from the metadata of the library, for all its countries, and by hand.
class ReadingTest {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  private static List<String> regions() {
    return List.copyOf(new TreeSet<>(PLANS.getSupportedRegions()));
  }

  /// A mobile and a fixed-line number of the country; without the few that are shorter than a local
  /// number elsewhere.
  private static List<Phonenumber.PhoneNumber> examples(String region) {
    return Stream.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
        .map(type -> PLANS.getExampleNumberForType(region, type))
        .filter(number -> number != null && e164(number).length() > "+1234567".length())
        .toList();
  }

  private static String e164(Phonenumber.PhoneNumber number) {
    return PLANS.format(number, PhoneNumberFormat.E164);
  }

  private static String read(NumberingPlan plan, String written) {
    return plan.parse(written).text();
  }

  @Test
  void everyWritingOfANumberIsTheSameNumberInEveryCountry() {
    List<String> wrong = new ArrayList<>();
    for (String region : regions()) {
      NumberingPlan home = new NumberingPlan(region, "");
      for (Phonenumber.PhoneNumber number : examples(region)) {
        Stream.of(
                e164(number),
                e164(number).substring(1),
                PLANS.format(number, PhoneNumberFormat.INTERNATIONAL),
                PLANS.format(number, PhoneNumberFormat.NATIONAL),
                PLANS.format(number, PhoneNumberFormat.RFC3966))
            .filter(written -> !read(home, written).equals(e164(number)))
            .forEach(written -> wrong.add(region + " " + written));
      }
    }
    // five digits, of a country where a number of five digits may be an extension
    assertEquals(List.of("KI 31234"), wrong);
  }

  @Test
  void whatIsDialledInAnyCountryLeadsToTheNumberEveryWhereElse() {
    List<String> wrong = new ArrayList<>();
    for (String region : regions()) {
      NumberingPlan plan = new NumberingPlan(region, "");
      for (String other : regions()) {
        examples(other).stream()
            .map(number -> new PhoneNumber(e164(number)))
            .filter(number -> !read(plan, plan.dialled(number)).equals(number.e164()))
            .forEach(number -> wrong.add(region + " " + number + " " + plan.dialled(number)));
      }
    }
    assertEquals(List.of(), wrong);
  }

  /// The digits alone would be read as the same number, but reach nobody.
  @Test
  void whatIsDialledAbroadHasThePrefixThatLeadsThereInEveryCountry() throws Exception {
    List<String> wrong = new ArrayList<>();
    int dialled = 0;
    for (String region : regions()) {
      NumberingPlan plan = new NumberingPlan(region, "");
      int own = PLANS.getCountryCodeForRegion(region);
      for (String other : regions()) {
        for (Phonenumber.PhoneNumber number : examples(other)) {
          String digits = plan.dialled(new PhoneNumber(e164(number)));
          if (number.getCountryCode() != own && !digits.startsWith("+")) {
            dialled++;
            if (PLANS.parseAndKeepRawInput(digits, region).getCountryCodeSource()
                != CountryCodeSource.FROM_NUMBER_WITH_IDD) {
              wrong.add(region + " " + e164(number) + " " + digits);
            }
          }
        }
      }
    }
    System.out.println("numbers dialled abroad: " + dialled);
    assertEquals(List.of(), wrong);
    assertTrue(dialled > 80_000, "only " + dialled);
  }

  @ParameterizedTest
  @CsvSource({
    "+5491123456789, +541123456789",
    "+541123456789,  +541123456789",
    "+5492966123456, +542966123456",
    "+525512345678,  +525512345678",
    "+989121234567,  +989121234567"
  })
  void aLineHasOneNumberHoweverItsNetworkShowsIt(String shown, String line) {
    assertEquals(line, new PhoneNumber(shown).line().e164());
    assertTrue(
        new PhoneNumber(shown).sameLine().contains(new PhoneNumber(line)), shown + " " + line);
  }

  /// Each trunk receives callers of all countries without a `+`. At most one in five looks like a
  /// number of the trunk's own country, and none like anything else.
  @ParameterizedTest
  @CsvSource({
    "IR, 21", "TR, 212", "RU, 495", "DE, 30", "AE, 4", "AZ, 12", "GE, 32", "AM, 10", "KZ, 727",
    "UZ, 71", "IQ, 1", "AF, 20", "GB, 20", "FR, ''", "US, 212", "BR, 11", "MX, 55", "AR, 11"
  })
  void foreignCallersWithoutAPlusAreThatNumber(String region, String area) {
    NumberingPlan plan = new NumberingPlan(region, area);
    String ownCode = "+" + PLANS.getCountryCodeForRegion(region);
    List<String> own = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    int all = 0;
    for (String other : regions()) {
      for (Phonenumber.PhoneNumber number : examples(other)) {
        String e164 = e164(number);
        String found = read(plan, e164.substring(1));
        all++;
        if (!found.equals(e164)) {
          (found.startsWith(ownCode) ? own : wrong).add(e164 + " is " + found);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(own.size() * 5 < all, own.size() + " of " + all + ": " + own);
  }

  @ParameterizedTest
  @CsvSource({
    // foreign callers as providers send them
    "RU, 342, 375291234567,   +375291234567",
    "IR, 21,  905321234567,   +905321234567",
    "IR, 21,  79121234567,    +79121234567",
    "IR, 21,  971501234567,   +971501234567",
    "TR, 212, 989121234567,   +989121234567",
    "TR, 212, 4915112345678,  +4915112345678",
    "DE, 30,  375291234567,   +375291234567",
    "DE, 30,  989121234567,   +989121234567",
    "US, 212, 989121234567,   +989121234567",
    "GB, 20,  33612345678,    +33612345678",
    // the own country's code without a plus
    "DE, 30,  491711234567,   +491711234567",
    "DE, 30,  4930901820,     +4930901820",
    "FR, '',  33612345678,    +33612345678",
    "AE, 4,   971501234567,   +971501234567",
    // national and local
    "DE, 30,  30901820,       +493030901820",
    "DE, 30,  0171 1234567,   +491711234567",
    "RU, 4912, 345678,        +74912345678",
    "RU, 812, 8121234567,     +78121234567",
    "GB, 20,  79460123,       +442079460123",
    "IR, 21,  90001234,       +982190001234",
    "AE, 4,   3456789,        +97143456789",
    "IT, 06,  0669821234,     +390669821234",
    // the library does not know these, or not yet
    "IR, 21,  09091234567,    +989091234567",
    "IR, 21,  9091234567,     +989091234567",
    "IR, 21,  00989091234567, +989091234567",
    "IR, 21,  989091234567,   +989091234567",
    // two forms of one line
    "MX, 55,  +5215512345678, +525512345678",
    "MX, 55,  5215512345678,  +525512345678",
    "US, 212, +5215512345678, +525512345678",
    "BR, 11,  +551181234567,  +5511981234567",
    "BR, 11,  1181234567,     +5511981234567",
    "BR, 11,  81234567,       +5511981234567",
    "BR, 11,  (11) 98123-4567, +5511981234567",
    "DE, 30,  43664123456,    +43664123456",
    "DE, 30,  3012345678,     +493012345678",
    "PT, '',  00551181234567, +5511981234567",
    "BR, 11,  +551121234567,  +551121234567",
    // Argentina: what is dialled says that a line is mobile
    "AR, 11,  011 15 2345-6789, +5491123456789",
    "AR, 11,  +54 11 15 2345-6789, +5491123456789",
    "AR, 11,  +54 9 11 2345-6789, +5491123456789",
    "AR, 11,  0054 9 11 2345-6789, +5491123456789",
    "AR, 11,  +54 11 2345-6789, +541123456789",
    "AR, 11,  1123456789,      +541123456789",
    "AR, 11,  23456789,        +541123456789",
    // networks with a country code of their own, dialled as a part of a neighbour's plan
    "FR, '',  0590 81 12 34,   +590590811234",
    "FR, '',  +33 690 12 34 56, +590690123456",
    "FR, '',  0596 50 12 34,   +596596501234",
    "FR, '',  0262 21 12 34,   +262262211234",
    "FR, '',  0692 12 34 56,   +262692123456",
    "IT, 06,  0549 882 288,    +3780549882288",
    "DE, 30,  0039 0549 882288, +3780549882288",
    "IL, 2,   059 912 3456,    +970599123456",
    "DE, 30,  +972 56 912 3456, +970569123456",
    "IE, 1,   048 9012 3456,   +442890123456",
    // the prefix of national numbers after a country code
    "IR, 21,  +98 (0) 909 123 4567, +989091234567",
    "IR, 21,  00980909123 4567, +989091234567",
    "DE, 30,  +98 0909 1234567, +989091234567",
    "DE, 30,  +49 (0) 900 1234567, +499001234567",
    "IT, 06,  +39 06 69821234, +390669821234"
  })
  void numbersAreReadAsTheWorldWritesThem(String region, String area, String raw, String number) {
    assertEquals(number, read(new NumberingPlan(region, area), raw));
  }

  @ParameterizedTest
  @CsvSource({
    "DE, 30, 2039",
    "IR, 21, 2039",
    "IR, 21, 9601",
    "RU, 495, 2039",
    "TR, 212, 101",
    "FR, '', 4021"
  })
  void shortDigitsAreNoLocalNumber(String region, String area, String digits) {
    assertEquals(new CallerId.ShortCode(digits), new NumberingPlan(region, area).parse(digits));
  }

  @ParameterizedTest
  @CsvSource({
    "IR, 110",
    "IR, 1540",
    "IR, 1818",
    "IR, 118",
    "IR, 09629",
    "DE, 112",
    "DE, 116117",
    "DE, 11833",
    "RU, 122",
    "RU, 112",
    "RU, 01",
    "RU, 103",
    "TR, 155",
    "TR, 112",
    "US, 911",
    "US, 311",
    "GB, 999",
    "GB, 111",
    "FR, 15",
    "FR, 3949",
    "BR, 190",
    "AE, 998",
    "AZ, 102",
    "KZ, 103",
    "UZ, 102",
    "AF, 119",
    "IQ, 104",
    "GE, 112",
    "AM, 103",
    "MX, 911",
    "AR, 107"
  })
  void servicesOfTheCountryAreKnown(String region, String digits) {
    assertTrue(new NumberingPlan(region, "").isService(digits));
  }

  @ParameterizedTest
  @CsvSource({
    "DE, 2039",
    "IR, 2039",
    "IR, 200",
    "RU, 200",
    "TR, 101",
    "US, 101",
    "DE, 100",
    "IR, 21"
  })
  void otherShortDigitsAreNone(String region, String digits) {
    assertEquals(false, new NumberingPlan(region, "").isService(digits));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "00",
        "000000",
        "0000000000",
        "+0",
        "+00000",
        "-",
        "--",
        "...",
        "?",
        "()",
        "<>",
        "\"\"",
        "Anonymous",
        "[Anonymous]",
        "<Unknown>",
        "No-Caller-ID",
        "no_caller_id",
        "N/A",
        "PRIVATE NUMBER",
        "Restricted@localhost",
        "Caller ID Blocked",
        "Unbekannt",
        "Nummer unterdrückt",
        "Numéro masqué",
        "INCONNU",
        "Número privado",
        "desconocido",
        "Anônimo",
        "Gizli Numara",
        "GİZLİ NUMARA",
        "ÖZEL NUMARA",
        "Bilinmeyen",
        "Неизвестный номер",
        "НЕ ОПРЕДЕЛЁН",
        "Скрытый номер",
        "ناشناس",
        "شماره خصوصی",
        "رقم محجوب",
        "خاص",
        "266696687",
        "+266696687",
        "1266696687",
        "7378742833",
        "86282452253"
      })
  void aWithheldNumberIsAnonymousInAllItsSpellings(String raw) {
    for (String region : List.of("IR", "DE", "RU", "FR")) {
      assertEquals(new CallerId.Anonymous(), new NumberingPlan(region, "").parse(raw), region);
    }
  }

  @Test
  void aWordOnTheKeysIsAnonymousWhereItIsNoNumber() {
    assertEquals(new CallerId.Anonymous(), new NumberingPlan("IR", "21").parse("8656696"));
  }

  @ParameterizedTest
  @CsvSource({"RU, 495, 7748483, +74957748483", "US, 212, 8656696, +12128656696"})
  void aLocalNumberIsNotTakenForAWordOnTheKeys(
      String region, String area, String raw, String number) {
    assertEquals(number, read(new NumberingPlan(region, area), raw));
  }
}
