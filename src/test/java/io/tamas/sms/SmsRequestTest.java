package io.tamas.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsRequestTest {
  private static final SmsRequest REQUEST =
      new SmsRequest(
          new Sms("7", "+989121234567", "سلام & a=b\n\"{key}\" 1+1"), "3000 1", Optional.of("s/k"));

  private static final String PERCENT =
      "%D8%B3%D9%84%D8%A7%D9%85%20%26%20a%3Db%0A%22%7Bkey%7D%22%201%2B1";

  @ParameterizedTest
  @CsvSource({
    "https://x.ir/{key}/send, https://x.ir/s%2Fk/send",
    "https://x.ir/?to={to}&id={id}, https://x.ir/?to=%2B989121234567&id=7",
    "https://x.ir/?to={digits}&from={from}, https://x.ir/?to=989121234567&from=3000%201",
    "https://x.ir/?t={text}, https://x.ir/?t=" + PERCENT,
    "https://x.ir/{other}, https://x.ir/{other}",
  })
  void anAddressIsFilledAndEscaped(String url, String filled) {
    assertEquals(filled, REQUEST.address(url));
  }

  @Test
  void whatIsFilledIntoAFormIsNoFieldOfIt() {
    assertEquals(
        "text=" + PERCENT + "&to=989121234567", REQUEST.body("text={text}&to={digits}", "form"));
  }

  @Test
  void whatIsFilledIntoJsonStaysInItsString() {
    assertEquals(
        "{\"to\":\"+989121234567\",\"text\":\"سلام & a=b\\n\\\"{key}\\\" 1+1\"}",
        REQUEST.body("{\"to\":\"{to}\",\"text\":\"{text}\"}", "json"));
  }

  @Test
  void whoNeedsNoKeySendsNone() {
    SmsRequest open = new SmsRequest(new Sms("7", "+98912", "x"), "", Optional.empty());
    assertEquals("key=&from=", open.body("key={key}&from={from}", "form"));
  }
}
