package io.tamas.company;

import io.tamas.company.PromptStore.Spoken;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Why a call of a phone of the company is not connected, as the phone hears it: in English by
/// Asterisk's own sounds where it has one, in other languages by synthesised texts. Pure.
public enum Refusal {
  /// The number, or the extension, does not exist.
  UNKNOWN(
      "pbx-invalid",
      "",
      "این شماره وجود ندارد.",
      "Набранный номер не существует.",
      "Aradığınız numara kullanılmamaktadır."),
  BUSY(
      "",
      "The number that you have called is busy.",
      "شمارهٔ مورد نظر مشغول است.",
      "Абонент занят.",
      "Aradığınız numara meşgul."),
  /// No trunk has connected the call.
  NO_LINE(
      "all-circuits-busy-now",
      "",
      "در حال حاضر هیچ خطی در دسترس نیست. لطفاً بعداً تماس بگیرید.",
      "Сейчас нет свободных линий. Пожалуйста, перезвоните позже.",
      "Şu anda hat yok. Lütfen daha sonra arayın."),
  /// The company's credit at the provider is used up.
  NO_CREDIT(
      "",
      "The credit of this line is used up.",
      "اعتبار خط به پایان رسیده است.",
      "Недостаточно средств на счёте.",
      "Hattın kontörü yetersiz."),
  /// The caller may not call this destination.
  FORBIDDEN(
      "cannot-complete-as-dialed",
      "",
      "شما اجازهٔ تماس با این شماره را ندارید.",
      "Вам не разрешено звонить на этот номер.",
      "Bu numarayı arama yetkiniz yok."),
  /// A limit against toll fraud is reached.
  LIMIT(
      "simul-call-limit-reached",
      "",
      "سقف تماس‌های شما پر شده است.",
      "Лимит ваших звонков исчерпан.",
      "Arama sınırınız doldu.");

  /// What may become of a call that has gone out, in the order in which the dialplan knows them.
  public static final List<Refusal> OUTCOMES = List.of(UNKNOWN, BUSY, NO_LINE, NO_CREDIT);

  /// Asterisk's own sound in English; empty if there is none.
  private final String english;

  private final Map<String, String> texts;

  Refusal(String sound, String english, String persian, String russian, String turkish) {
    this.english = sound;
    this.texts = Map.of("en", english, "fa", persian, "ru", russian, "tr", turkish);
  }

  /// The sound in the first of these languages in which there is one, else in English.
  public String sound(List<String> languages) {
    String language = languages.stream().filter(texts::containsKey).findFirst().orElse("en");
    return language.equals("en") && !english.isEmpty()
        ? english
        : Sounds.FOLDER + PromptFiles.nameOf(language, texts.getOrDefault(language, ""));
  }

  /// The texts to be synthesised in English and the languages of the extensions, by the names of
  /// their files.
  static Map<String, Spoken> spoken(Company company) {
    Set<String> languages = new TreeSet<>();
    company
        .extensions()
        .forEach(extension -> {
          languages.add("en");
          extension.language().ifPresent(languages::add);
        });
    Map<String, Spoken> byName = new TreeMap<>();
    for (Refusal refusal : values()) {
      refusal.texts.forEach((language, text) -> {
        if (languages.contains(language) && !text.isEmpty()) {
          Spoken spoken = new Spoken(language, text);
          byName.put(spoken.name(), spoken);
        }
      });
    }
    return byName;
  }
}
