package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.number.PhoneNumber;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

  @ParameterizedTest
  @CsvSource({
    "+989121234567, +989121234567",
    "00989121234567, +989121234567",
    "+98 (912) 123-45.67, +989121234567",
    "۰۰۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷, +989121234567",
    "+٩٨٩١٢١٢٣٤٥٦٧, +989121234567",
    "\u202A+989121234567\u202C, +989121234567"
  })
  void internationalFormsAreOneNumber(String text, String e164) {
    assertEquals(Optional.of(new PhoneNumber(e164)), NumberText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "09121234567",
        "+0912",
        "abc",
        "+98912x",
        "+",
        "00",
        "+1234567890123456",
        "++98912123"
      })
  void anythingElseIsNoNumber(String text) {
    assertEquals(Optional.empty(), NumberText.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"912 123, 912123", "0098912, +98912", "+98-9, +989", "۹۱۲, 912"})
  void partOfANumberIsItsDigits(String text, String part) {
    assertEquals(Optional.of(part), NumberText.part(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "sara", "123a", ""})
  void otherTextIsNoPartOfANumber(String text) {
    assertEquals(Optional.empty(), NumberText.part(text));
  }
}
