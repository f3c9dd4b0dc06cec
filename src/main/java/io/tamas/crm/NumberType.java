package io.tamas.crm;

import io.tamas.text.Folding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a number of a profile is. Pure.
public enum NumberType {
  /// Before the others, for the fax at work.
  FAX("fax", "telefax", "faks", "факс", "فکس", "فاکس", "نمابر", "دورنگار"),
  MOBILE(
      "mobile",
      "mob",
      "cell",
      "cellular",
      "gsm",
      "handy",
      "cep",
      "мобильный",
      "моб",
      "сотовый",
      "موبایل",
      "همراه",
      "گوشی",
      "جوال",
      "محمول"),
  WORK(
      "work",
      "office",
      "business",
      "company",
      "job",
      "ofis",
      "işyeri",
      "iş",
      "рабочий",
      "работа",
      "офис",
      "کار",
      "دفتر",
      "شرکت",
      "اداره",
      "مکتب",
      "عمل"),
  HOME("home", "house", "ev", "домашний", "дом", "خانه", "منزل", "المنزل", "بیت", "البیت"),
  OTHER;

  private final List<String> words;

  NumberType(String... words) {
    this.words = Stream.of(words).map(Folding::fold).toList();
  }

  private static final Map<String, NumberType> OF_WORDS =
      Map.copyOf(
          Stream.of(values())
              .flatMap(type -> type.words.stream().map(word -> Map.entry(word, type)))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));

  /// What a label says in words of Persian, Arabic, Turkish, Russian or English.
  public static NumberType ofLabel(String label) {
    return Stream.of(Folding.fold(label).split("[^\\p{L}]+"))
        .flatMap(word -> Stream.ofNullable(OF_WORDS.get(word)))
        .min(Comparator.naturalOrder())
        .orElse(OTHER);
  }
}
