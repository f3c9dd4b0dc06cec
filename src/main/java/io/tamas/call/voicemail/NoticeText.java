package io.tamas.call.voicemail;

import io.tamas.call.voicemail.VoicemailNotices.Notice;
import io.tamas.company.Extension;
import io.tamas.mail.Mail;
import io.tamas.sms.Sms;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/// The e-mail and the SMS that announce a message, in the language of the extension.
final class NoticeText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /// @param subject a format with the caller
  /// @param text a format with the caller, the time, the length in seconds, and the own number
  private record Words(String subject, String text) {}

  private static final Words ENGLISH =
      new Words(
          "New voice message from %s",
          """
          %1$s left a message of %3$s s for you on %2$s.
          To hear it, dial *97 on your phone %4$s.
          """);

  private static final Map<String, Words> BY_LANGUAGE =
      Map.of(
          "fa",
          new Words(
              "پیام صوتی تازه از %s",
              """
              %1$s در تاریخ %2$s پیامی به طول %3$s ثانیه برای شما گذاشت.
              برای شنیدن آن، از تلفن %4$s شمارهٔ *97 را بگیرید.
              """),
          "ru",
          new Words(
              "Новое голосовое сообщение от %s",
              """
              Вам оставлено сообщение от %1$s: %2$s, длительность %3$s с.
              Чтобы прослушать его, наберите *97 на телефоне %4$s.
              """),
          "tr",
          new Words(
              "%s tarafından yeni sesli mesaj",
              """
              %1$s size %2$s tarihinde %3$s saniyelik bir mesaj bıraktı.
              Dinlemek için %4$s numaralı telefonunuzdan *97'yi arayın.
              """));

  private NoticeText() {}

  /// @param zone of the time in the text
  static Mail mail(
      Notice message, Extension extension, String address, ZoneId zone, Optional<Path> attachment) {
    Words words = words(extension);
    String caller = caller(message);
    return new Mail(
        message.recording().toString(),
        address,
        words.subject().formatted(caller),
        words
            .text()
            .formatted(
                caller,
                time(message, zone),
                message.duration().toSeconds(),
                extension.number().digits()),
        attachment);
  }

  /// Short: each 70 characters are charged as one SMS.
  static Sms sms(Notice message, Extension extension, String mobile, ZoneId zone) {
    String subject = words(extension).subject().formatted(caller(message));
    String text = subject + "\n" + time(message, zone);
    return new Sms(message.recording().toString(), mobile, text);
  }

  private static Words words(Extension extension) {
    return extension.language().map(BY_LANGUAGE::get).orElse(ENGLISH);
  }

  private static String time(Notice message, ZoneId zone) {
    return TIME.format(message.leftAt().atZone(zone));
  }

  private static String caller(Notice message) {
    String name = message.callerName();
    return oneLine(name.isBlank() ? message.caller() : name + " (" + message.caller() + ")");
  }

  /// A caller's name is untrusted: it must not inject a header.
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
