package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialledTest {
  private static final Directory COMPANY =
      Directory.of(Company.of(1, List.of(extension("101"), extension("91001000"), trunk())));

  @ParameterizedTest
  @CsvSource({
    "101,          Internal,     101",
    "1-0-1,        Internal,     101",
    "۱۰۱,          Internal,     101",
    "199,          Internal,     199",
    "0,            Internal,     0",
    "91001000,     Internal,     91001000",
    "91001001,     Number,       +982191001001",
    "02191001001,  Number,       +982191001001",
    "09121234567,  Number,       +989121234567",
    "09121234567#, Number,       +989121234567",
    "+989121234567#,Number,      +989121234567",
    "101#,         Internal,     101",
    "*8101#,       Alphanumeric, *8101",
    "101##,        Alphanumeric, 101##",
    "#,            Alphanumeric, #",
    "+7 9121234567,Number,       +79121234567",
    "3000123456,   ShortCode,    3000123456",
    "*8101,        Alphanumeric, *8101",
    "101&102,      Alphanumeric, 101&102",
    "10l,          Alphanumeric, 10l",
    "'',           Anonymous,    anonymous"
  })
  void whatIsDialledIsAnExtensionOrANumber(String raw, String kind, String text) {
    CallerId dialled = Dialled.byPhone(raw, COMPANY);
    assertEquals(kind + " " + text, dialled.getClass().getSimpleName() + " " + dialled.text());
  }

  @Test
  void withoutATrunkThereAreOnlyExtensions() {
    Directory alone = Directory.of(Company.of(1, List.of(extension("101"))));
    assertEquals(new CallerId.Internal(new ExtensionNumber("199")), Dialled.byPhone("199", alone));
    assertEquals(new CallerId.Anonymous(), Dialled.byPhone("09121234567", alone));
  }

  private static Extension extension(String number) {
    return Extension.of(new ExtensionNumber(number), "x");
  }

  private static Trunk trunk() {
    return Trunk.of(
        "demo", new NumberingPlan("IR", "21"), List.of("127.0.0.2"), new ExtensionNumber("101"));
  }
}
