package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.number.ExtensionNumber;
import org.junit.jupiter.api.Test;

class ExtensionTest {
  /// As after a forward that was set by code and taken back.
  @Test
  void forwardsToNowhereAreNone() {
    Extension zahra = Extension.of(new ExtensionNumber("101"), "Zahra");
    assertEquals(zahra, zahra.withForwards(Extension.Forwards.NONE));
  }
}
