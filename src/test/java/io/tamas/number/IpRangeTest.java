package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,      10.1.2.3/32",
    "10.1.2.3/8,    10.0.0.0/8",
    "10.1.2.3/0,    0.0.0.0/0",
    "::1,           0:0:0:0:0:0:0:1/128",
    "2001:DB8::/32, 2001:db8:ffff::/32",
    "::,            0:0:0:0:0:0:0:0"
  })
  void twoFormsOfTheSameRangeAreEqual(String one, String other) {
    assertEquals(IpRange.parse(one).orElseThrow(), IpRange.parse(other).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.1.2",
        "10.1.2.3.4",
        "10.1.2.256",
        "010.1.2.3",
        "10.1.2.3/33",
        "10.1.2.3/",
        "10.1.2.3/-1",
        "1:2:3",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        ":::",
        "::1/129",
        "host",
        "10.1.2.3 ",
        "12345::",
        "1:2:3:4:5:6:7::8"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertEquals(Optional.empty(), IpRange.parse(text));
  }
}
