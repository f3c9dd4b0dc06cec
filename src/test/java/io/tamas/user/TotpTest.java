package io.tamas.user;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /// Of RFC 6238, appendix B.
  private final Totp totp = new Totp("12345678901234567890".getBytes(US_ASCII));

  /// The last six of the eight digits there.
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130",
  })
  void codesAreThoseOfTheStandard(long seconds, String code) {
    Instant at = Instant.ofEpochSecond(seconds);
    assertEquals(code, totp.code(at));
    assertEquals(OptionalLong.of(seconds / 30), totp.step(code, at));
  }

  @ParameterizedTest
  @CsvSource({
    "-60, false",
    "-31, false",
    "-30, true",
    "0, true",
    "30, true",
    "59, true",
    "60, false"
  })
  void codeIsGoodForOneStepBeforeAndAfterItsOwn(long secondsLater, boolean good) {
    Instant start = Instant.ofEpochSecond(1_111_111_110);
    String code = totp.code(start);
    assertEquals(good, totp.step(code, start.plusSeconds(secondsLater)).isPresent());
  }

  @ParameterizedTest
  @CsvSource({"''", "287083", "28708", "2870820", "abcdef"})
  void othersAreWrong(String code) {
    assertEquals(OptionalLong.empty(), totp.step(code, Instant.ofEpochSecond(59)));
  }

  @Test
  void secretIsWrittenInBase32() {
    assertEquals("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", totp.text().reveal());
    assertEquals(
        "otpauth://totp/Tamas:zahra?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            + "&issuer=Tamas&algorithm=SHA1&digits=6&period=30",
        totp.uri("zahra").reveal());
    assertEquals("****", totp.toString());
  }
}
