package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipValueTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          NAME             | trunk-1            | true
          NAME             | 1trunk             | false
          NAME             | Trunk              | false
          LANGUAGE         | fa                 | true
          LANGUAGE         | en_GB              | false
          ADDRESS          | 10.0.0.0/8         | true
          ADDRESS          | 10.0.0.0/33        | false
          ADDRESS          | 2001:db8::/128     | true
          ADDRESS          | 2001:db8::/129     | false
          ADDRESS          | 1.2.3.4,5.6.7.8    | false
          ADDRESS          | sip.example        | false
          SERVER           | sip.example        | true
          SERVER           | sip.example:1      | true
          SERVER           | sip.example:65535  | true
          SERVER           | sip.example:0      | false
          SERVER           | sip.example:65536  | false
          SERVER           | sip..example       | false
          SERVER           | sip.example.       | false
          SERVER           | sip_1.example      | false
          SERVER           | sip.example;lr     | false
          SERVER           | u@sip.example      | false
          SERVER           | 192.0.2.1:5070     | true
          SERVER           | 999.1.1.1          | false
          SERVER           | 1.2.3              | false
          SERVER           | [2001:db8::1]:5070 | true
          SERVER           | [2001:db8::1/64]   | false
          SERVER           | 2001:db8::1        | false
          SERVER           | [1.2.3.4]          | false
          USER             | _.!~*'+-           | true
          USER             | a;line=x           | false
          USER             | a b                | false
          USER             | ü                  | false
          TRUNK_PASSWORD   | `a ;"%\\,`         | true
          TRUNK_PASSWORD   | ü                  | false
          PHONE_PASSWORD   | a;"%\\,{}          | true
          PHONE_PASSWORD   | `a b c d e`        | false
          PHONE_PASSWORD   | short              | false
          EMERGENCY_NUMBER | 110                | true
          EMERGENCY_NUMBER | 1                  | false
          EMERGENCY_NUMBER | +110               | false
          """)
  void isAcceptedByItsRule(SipValue value, String text, boolean accepted) {
    assertEquals(accepted, value.accepts(text));
  }

  @ParameterizedTest
  @CsvSource({"USER, 80", "TRUNK_PASSWORD, 128", "PHONE_PASSWORD, 80", "NAME, 40", "SERVER, 245"})
  void hasALongestForm(SipValue value, int length) {
    assertEquals(true, value.accepts("a".repeat(length)));
    assertFalse(value.accepts("a".repeat(length + 1)));
    assertFalse(value.accepts(""));
  }

  @Test
  void refusalTellsTheRuleAndNotTheSecret() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> SipValue.PHONE_PASSWORD.require("sécret-secret"));
    assertEquals("must be " + SipValue.PHONE_PASSWORD.rule(), refusal.getMessage());
  }
}
