package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedCellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sara",
        "=1+1",
        "@x",
        "-2",
        "+989121234567",
        "\tx",
        "'",
        "'x",
        "'=1",
        "''+1",
        "＝1",
        "'\nx"
      })
  void eachTextComesBack(String text) {
    assertEquals(text, GuardedCell.original(GuardedCell.of(text)));
    assertEquals(text, GuardedCell.original(GuardedCell.ofText(text)));
    assertFalse(GuardedCell.of(text).matches("(?s)[=+@\t\r\n＝＋－＠-].*"), text);
  }
}
