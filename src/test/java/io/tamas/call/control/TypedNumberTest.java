package io.tamas.call.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.company.Company;
import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Directory;
import io.tamas.company.Yamls;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.web.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedNumberTest {
  private static final ExtensionNumber LEILA = new ExtensionNumber("101");

  private static TypedNumber at(String country, String areaCode) {
    return at(country, areaCode, Optional.empty());
  }

  private static TypedNumber at(String country, String areaCode, Optional<String> outsidePrefix) {
    NumberingPlan plan = new NumberingPlan(country, areaCode);
    return TypedNumber.on(
        LEILA,
        Directory.of(
            Company.of(
                1,
                List.of(
                    Yamls.extension("number: 101, name: Leila, outgoing: all"),
                    Yamls.extension("number: 912, name: Looks like a number"),
                    new EmergencyNumber("police", "110", List.of("out")),
                    Trunk.of("out", new NumberingPlan("TR", "212"), List.of("10.0.0.1"), LEILA),
                    new OutgoingProfile(
                        "all", "x", plan, outsidePrefix, List.of(), Optional.empty())))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "IR, 101,                       101,            101",
    "IR, ۱۰۱,                       101,            101",
    "IR, 1-0-1,                     101,            101",
    "IR, *78,                       *78,            *78",
    "IR, *72 0912 1234567,          *7209121234567, *7209121234567",
    "IR, 110,                       110,            110",
    "IR, +98-110,                   110,            110",
    "IR, 0098 110,                  110,            110",
    "IR, 90110,                     110,            110",
    "IR, 1540,                      1540,           1540",
    "IR, 09121234567,               09121234567,    09121234567",
    "IR, 0912-123 45.67,            09121234567,    09121234567",
    "IR, ۰۹۱۲ ۱۲۳ ۴۵۶۷,             09121234567,    09121234567",
    "IR, 9100 1000,                 91001000,       91001000",
    "IR, +98 (912) 123-45-67,       +989121234567,  09121234567",
    "IR, tel:+98-912-123-4567;ext=5, +989121234567, 09121234567",
    "IR, sip:+989121234567@host,    +989121234567,  09121234567",
    "IR, 0049 30 / 90 18-20,        004930901820,   004930901820",
    "RU, 00 49 30 901820,           +4930901820,    8104930901820",
    "RU, 8 (495) 123-45-67,         84951234567,    84951234567",
    "RU, +7 (495) 123-45-67,        +74951234567,   84951234567",
    "US, (212) 555-0123 x45,        2125550123,     2125550123",
    "DE, +49 (0)30 901820,          +4930901820,    030901820"
  })
  void aNumberIsDialledAsPeopleWriteIt(
      String country, String written, String dialled, String keys) {
    String area = country.equals("IR") ? "21" : country.equals("RU") ? "495" : "";
    assertEquals(dialled, at(country, area).dialled(written));
    assertEquals(keys, at(country, area).keys(written));
  }

  @ParameterizedTest(name = "with the prefix {0}: {1}")
  @CsvSource({
    "9, 09121234567,         +989121234567, 909121234567",
    "9, +989121234567,       +989121234567, 909121234567",
    "9, 00989121234567,      +989121234567, 909121234567",
    "9, tel:+49-30-90182000, +493090182000, 900493090182000",
    "9, 91001000,            +982191001000, 902191001000",
    "9, 909121234567,        909121234567,  909121234567",
    "9, 101,                 101,           101",
    "9, 912,                 912,           912",
    "9, 110,                 110,           110",
    "9, 118,                 118,           118",
    "9, *78,                 *78,           *78",
    "9, 2039,                2039,          2039",
    "0, 09121234567,         +989121234567, 009121234567"
  })
  void theOutsidePrefixIsDialledForPeople(
      String prefix, String written, String dialled, String keys) {
    assertEquals(dialled, at("IR", "21", Optional.of(prefix)).dialled(written));
    assertEquals(keys, at("IR", "21", Optional.of(prefix)).keys(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "call me",
        "101@evil",
        "101,1",
        "101&102",
        "0912\n101",
        "+",
        "${EXTEN}",
        "*72x",
        "1234567890123456",
        "sip:leila@host"
      })
  void anythingElseIsRefusedByItsRule(String written) {
    Problem refused = assertThrows(Problem.class, () -> at("IR", "21").dialled(written));
    assertEquals(422, refused.status());
    assertEquals("/to", refused.faults().getFirst().pointer());
  }

  @ParameterizedTest
  @CsvSource({"BR, +4930901820"})
  void aNumberWithoutKeysCannotBeConsulted(String country, String written) {
    assertEquals(written, at(country, "").dialled(written));
    assertThrows(Problem.class, () -> at(country, "").keys(written));
  }
}
