package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.number.ExtensionNumber;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordStrengthTest {
  private static final PasswordStrength STRENGTH = new PasswordStrength();
  private static final Extension LEILA =
      Extension.of(new ExtensionNumber("20260101"), "Leila Karimi");

  @ParameterizedTest
  @ValueSource(strings = {"x7Kq2Rb9", "correct-horse", "T6B755ENJq5hVyaKivdA", "\"';&$(id)`%"})
  void strongPasswordIsAccepted(String password) {
    assertEquals(Optional.empty(), STRENGTH.fault(LEILA, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678",
        "password",
        "Passw0rd",
        "20260101",
        "qwertzuiop",
        "aaaaaaaaaaaa",
        "leilakarimi"
      })
  void passwordThatIsEasyToGuessIsRefused(String password) {
    assertTrue(
        STRENGTH.fault(LEILA, password).orElse("").startsWith("is too easy to guess"), password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x7Kq2Rb", "x7Kq2 Rb9", "x7Kq2Rü9b", "x7Kq2\r\nRb9"})
  void passwordThatCannotBeTypedOnAPhoneIsRefused(String password) {
    assertEquals(
        Optional.of("must be 8 to 80 printable characters of ASCII, without spaces"),
        STRENGTH.fault(LEILA, password));
  }

  @Test
  void longestPasswordIsCheckedAndALongerOneRefused() {
    assertEquals(Optional.empty(), STRENGTH.fault(LEILA, "x7Kq2Rb9".repeat(10)));
    assertTrue(STRENGTH.fault(LEILA, "x7Kq2Rb9".repeat(10) + "a").isPresent());
  }
}
