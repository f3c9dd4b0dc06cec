package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.crm.exchange.WrittenCells.Found;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenCellsTest {
  private static final WrittenCells TEHRAN =
      new WrittenCells(new WrittenNumbers(List.of(new NumberingPlan("IR", "21"))));
  private static final WrittenCells NOWHERE = new WrittenCells(new WrittenNumbers(List.of()));

  @ParameterizedTest
  @CsvSource({
    "09120000001, +989120000001",
    "9120000001, +989120000001",
    "989120000001, +989120000001",
    "+989120000001, +989120000001",
    "00989120000001, +989120000001",
    "۰۹۱۲۰۰۰۰۰۰۱, +989120000001",
    "'\u202a0912 000 0001\u202c', +989120000001",
    "989120000001.0, +989120000001",
    "'9120000001,00', +989120000001",
    "02191001000, +982191001000",
  })
  void numberIsReadAsSpreadsheetsWriteIt(String cell, String e164) {
    Found found = TEHRAN.read(cell);
    assertEquals(
        e164, assertInstanceOf(Found.Number.class, found, found::toString).number().e164());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.89121E+11", "9,89E+11", "9E+11", "۹٫۸۹E+11", "9.89121e11"})
  void roundedNumberIsRefused(String cell) {
    assertEquals(new Found.Wrong(WrittenCells.SPOILED), TEHRAN.read(cell));
  }

  @ParameterizedTest
  @ValueSource(strings = {"09120000001", "9120000001", "hello", "12"})
  void withoutACountryNothingIsGuessed(String cell) {
    assertInstanceOf(Found.Wrong.class, NOWHERE.read(cell));
  }

  /// +7 912 000-00-01 of Russia, and 0 7912 000 001 would be one of Britain.
  @ParameterizedTest
  @ValueSource(strings = {"447912345678"})
  void whatMayBeTwoNumbersIsRefusedAndToldOrIsOne(String cell) {
    WrittenCells britain =
        new WrittenCells(new WrittenNumbers(List.of(new NumberingPlan("GB", ""))));
    assertInstanceOf(Found.Number.class, britain.read(cell));
    Found russian = britain.read("79120000001");
    assertTrue(
        !(russian instanceof Found.Number(var number)) || number.e164().startsWith("+7"),
        russian::toString);
  }
}
