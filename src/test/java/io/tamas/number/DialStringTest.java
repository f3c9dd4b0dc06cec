package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialStringTest {
  private static final ExtensionNumber LONGEST = new ExtensionNumber("12345678");

  @Test
  void phonesAreRungTogether() {
    List<ExtensionNumber> members = List.of(new ExtensionNumber("101"), new ExtensionNumber("7"));
    assertEquals(
        "PJSIP/101&PJSIP/7",
        DialString.together(members.stream().map(DialString::phone).toList()).text());
  }

  @Test
  void aHundredPhonesFit() {
    assertEquals(
        1499,
        DialString.together(Collections.nCopies(100, DialString.phone(LONGEST))).text().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PJSIP/",
        "PJSIP/101&",
        "PJSIP/101,20",
        "PJSIP/101@trunk",
        "PJSIP/${SHELL(x)}",
        "Local/101",
        "PJSIP/101\n",
        "PJSIP/۱۰۱"
      })
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new DialString(text));
  }

  @Test
  void noPhoneAndTooManyAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> DialString.together(List.of()));
    List<ExtensionNumber> many = Collections.nCopies(200, LONGEST);
    assertThrows(
        IllegalArgumentException.class,
        () -> DialString.together(many.stream().map(DialString::phone).toList()));
  }
}
