package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company;
import io.tamas.company.Directory;
import io.tamas.company.Yamls;
import io.tamas.number.CallerId;
import io.tamas.number.NumberingPlan;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkCallerTest {
  private static final NumberingPlan TEHRAN = new NumberingPlan("IR", "21");

  @ParameterizedTest
  @CsvSource({
    "101, anonymous",
    "+101, anonymous",
    "1-0-1, anonymous",
    "109, 109",
    "88776655, +982188776655",
    "+989121234567, +989121234567",
  })
  void numberOfAnExtensionIsNotItsCaller(String number, String caller) {
    Directory company =
        Directory.of(Company.of(1, List.of(Yamls.extension("number: '101', name: Zahra"))));
    CallerId read = TrunkCaller.read(number, TEHRAN, company);
    assertEquals(caller, read instanceof CallerId.Anonymous ? "anonymous" : read.line());
  }
}
