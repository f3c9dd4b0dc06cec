package io.tamas.call.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.call.record.RecordingId;
import io.tamas.call.voicemail.VoicemailNotices.Notice;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.mail.Mail;
import io.tamas.number.ExtensionNumber;
import io.tamas.sms.Sms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTextTest {
  private static final Instant LEFT = Instant.parse("2026-11-21T20:45:00Z");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          en, New voice message from Sara (+989121234567)
          fa, پیام صوتی تازه از Sara (+989121234567)
          ru, Новое голосовое сообщение от Sara (+989121234567)
          tr, Sara (+989121234567) tarafından yeni sesli mesaj
          de, New voice message from Sara (+989121234567)
          """)
  void noticeIsInTheLanguageOfTheExtension(String language, String subject) {
    Mail mail = mail(language, "Sara");
    assertEquals(subject, mail.subject());
    assertTrue(mail.text().contains("Sara (+989121234567)"), mail.text());
    assertTrue(mail.text().contains("2026-11-22 00:15"), mail.text()); // of Tehran
    assertTrue(mail.text().contains("7"), mail.text());
    assertTrue(mail.text().contains("*97"), mail.text());
    assertTrue(mail.text().contains("101"), mail.text());
    assertFalse(mail.text().contains("%"), mail.text());
  }

  @Test
  void callerWithoutANameIsTheNumber() {
    assertEquals("New voice message from +989121234567", mail("en", " ").subject());
  }

  @Test
  void nameInjectsNoHeader() {
    assertEquals(
        "New voice message from Sara  Bcc: x@y (+989121234567)",
        mail("en", "Sara\r\nBcc: x@y").subject());
  }

  @Test
  void anSmsIsShort() {
    Sms sms =
        NoticeText.sms(message("Sara"), extension("fa"), "+989121112233", ZoneId.of("Asia/Tehran"));
    assertEquals("پیام صوتی تازه از Sara (+989121234567)\n2026-11-22 00:15", sms.text());
    assertEquals("+989121112233", sms.to());
    assertTrue(sms.text().length() <= 70, sms.text());
  }

  private static Mail mail(String language, String name) {
    ZoneId zone = ZoneId.of("Asia/Tehran");
    return NoticeText.mail(
        message(name), extension(language), "zahra@example.ir", zone, Optional.empty());
  }

  private static Extension extension(String language) {
    return Yamls.extension("number: '101', name: Zahra, language: " + language);
  }

  private static Notice message(String name) {
    return new Notice(
        new RecordingId(new UUID(0, 1)),
        new ExtensionNumber("101"),
        "+989121234567",
        name,
        LEFT,
        Duration.ofSeconds(7),
        0);
  }
}
