package io.tamas.crm.exchange;

import io.tamas.crm.NumberType;
import io.tamas.text.Folding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the heads of columns say in Persian, Turkish, Russian and English, and in the files of
/// Google and Outlook. Pure.
final class Headings {
  private static final Map<String, Target> EXACT = exact();

  private static final Set<String> NUMBER_WORDS =
      words(
          "phone",
          "telephone",
          "tel",
          "mobile",
          "cell",
          "fax",
          "number",
          "telefon",
          "telefonu",
          "telefonları",
          "cep",
          "gsm",
          "faks",
          "numara",
          "numarası",
          "телефон",
          "тел",
          "мобильный",
          "моб",
          "сотовый",
          "рабочий",
          "домашний",
          "номер",
          "факс",
          "تلفن",
          "موبایل",
          "همراه",
          "شماره",
          "فکس",
          "نمابر",
          "تماس");

  /// Columns of other programs about numbers that are none.
  private static final Set<String> NO_NUMBERS =
      words("id", "street", "address", "type", "label", "code", "extension", "کد", "ملی", "kodu");

  private static final Pattern PART_OF_NUMBER =
      Pattern.compile("(number|phone|type|label|priority) ([0-9]{1,2})(?: (value|label|type))?");

  private static final Pattern EMAIL =
      Pattern.compile("e ?mail(?: [0-9]{1,2})?(?: (?:value|address))?");

  private final PhoneBook book;
  private final List<MappedColumn> columns = new ArrayList<>();
  private final Set<Integer> places = new HashSet<>();

  private Headings(PhoneBook book) {
    this.book = book;
  }

  private static Map<String, Target> exact() {
    Map<String, Target> exact = new HashMap<>();
    put(exact, Target.ID, "id");
    put(exact, Target.NAME, "name", "full name", "display name", "نام", "نام کامل");
    put(exact, Target.NAME, "نام و نام خانوادگی", "ad soyad", "adı soyadı", "isim", "фио", "имя");
    put(exact, Target.NAME, "полное имя", "контакт");
    put(exact, Target.GIVEN_NAME, "first name", "given name", "نام کوچک", "ad", "adı");
    put(exact, Target.FAMILY_NAME, "last name", "family name", "surname", "نام خانوادگی");
    put(exact, Target.FAMILY_NAME, "soyad", "soyadı", "soyisim", "фамилия");
    put(exact, Target.KIND, "kind", "نوع", "tür", "тип");
    put(exact, Target.ORGANISATION, "organisation", "organization", "company", "company name");
    put(exact, Target.ORGANISATION, "organization name", "organization 1 name", "شرکت", "سازمان");
    put(exact, Target.ORGANISATION, "نام شرکت", "نام سازمان", "şirket adı", "название компании");
    put(exact, Target.ORGANISATION, "şirket", "firma", "kurum", "компания", "организация");
    put(exact, Target.CATEGORY, "category", "دسته", "kategori", "категория");
    put(exact, Target.OWNER, "owner", "مسئول", "sorumlu", "ответственный");
    put(exact, Target.MAIN_NUMBER, "main number");
    put(exact, Target.EMAIL, "emails", "ایمیل", "رایانامه", "پست الکترونیک", "پست الکترونیکی");
    put(
        exact,
        Target.EMAIL,
        "e posta",
        "e posta adresi",
        "eposta",
        "почта",
        "электронная почта",
        "эл почта");
    put(exact, Target.ADDRESS, "address", "address 1 formatted", "نشانی", "آدرس", "adres", "адрес");
    put(exact, Target.GROUPS, "groups", "group", "گروه", "گروه ها", "گروه‌ها", "grup", "gruplar");
    put(exact, Target.GROUPS, "группа", "группы");
    put(exact, Target.TEXTS, "texts");
    return Map.copyOf(exact);
  }

  private static void put(Map<String, Target> exact, Target target, String... headings) {
    for (String heading : headings) {
      exact.put(plain(heading), target);
    }
  }

  private static Set<String> words(String... words) {
    Set<String> plain = new HashSet<>();
    for (String word : words) {
      plain.add(plain(word));
    }
    return Set.copyOf(plain);
  }

  private static String plain(String heading) {
    return Folding.fold(heading).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  /// What the columns are likely to hold; those that say nothing are left out.
  static Mapping suggest(List<String> headings, PhoneBook book) {
    List<String> plain = headings.stream().map(Headings::plain).toList();
    Headings read = new Headings(book);
    for (int i = 0; i < plain.size(); i++) {
      read.partOfNumber(i + 1, plain.get(i));
    }
    for (int i = 0; i < plain.size(); i++) {
      read.column(i + 1, headings.get(i), plain.get(i));
    }
    List<MappedColumn> columns = read.columns();
    IdentifiedBy identity =
        columns.stream().anyMatch(column -> column.to() == Target.ID)
            ? IdentifiedBy.ID
            : IdentifiedBy.NAME_AND_NUMBER;
    return new Mapping(
        columns,
        identity,
        WhenKnown.UPDATE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void partOfNumber(int column, String heading) {
    Matcher part = PART_OF_NUMBER.matcher(heading);
    if (!part.matches()) {
      return;
    }
    String word = part.group(3) == null ? part.group(1) : part.group(3);
    int place = Integer.parseInt(part.group(2));
    Target target =
        switch (word) {
          case "type" -> Target.NUMBER_TYPE;
          // Google calls the type so
          case "label" -> part.group(1).equals("phone") ? Target.NUMBER_TYPE : Target.NUMBER_LABEL;
          case "priority" -> Target.NUMBER_PRIORITY;
          default -> Target.NUMBER;
        };
    if (place >= 1 && place <= NumberReading.MOST && isFree(target, place)) {
      columns.add(MappedColumn.ofNumber(column, target, place, Optional.empty()));
      places.add(place);
    }
  }

  private boolean isFree(Target target, int place) {
    return columns.stream()
        .noneMatch(one -> one.to() == target && one.place().equals(Optional.of(place)));
  }

  private void column(int column, String heading, String plain) {
    if (plain.isEmpty() || columns.stream().anyMatch(one -> one.column() == column)) {
      return;
    }
    Optional<Target> target =
        Optional.ofNullable(EXACT.get(plain))
            .or(() -> EMAIL.matcher(plain).matches() ? Optional.of(Target.EMAIL) : Optional.empty())
            .filter(one -> one.mayRepeat() || columns.stream().noneMatch(is(one)));
    Optional<Long> field =
        book.fields().values().stream()
            .filter(one -> plain(book.heading(one)).equals(plain))
            .map(one -> one.id())
            .min(Long::compare);
    if (field.isPresent()) {
      columns.add(MappedColumn.ofField(column, field.get()));
    } else if (target.isPresent()) {
      columns.add(MappedColumn.of(column, target.get()));
    } else if (isNumber(plain)) {
      int place = 1;
      while (places.contains(place)) {
        place++;
      }
      places.add(place);
      columns.add(
          MappedColumn.ofNumber(
              column, Target.NUMBER, place, Optional.of(NumberType.ofLabel(heading))));
    }
  }

  private static boolean isNumber(String plain) {
    List<String> words = List.of(plain.split(" "));
    return words.stream().anyMatch(NUMBER_WORDS::contains)
        && words.stream().noneMatch(NO_NUMBERS::contains);
  }

  private static Predicate<MappedColumn> is(Target target) {
    return one -> one.to() == target;
  }

  /// Beside a family name, what is called a name is the given one. What belongs to a number that no
  /// column has is left out.
  private List<MappedColumn> columns() {
    boolean hasFamilyName = columns.stream().anyMatch(is(Target.FAMILY_NAME));
    boolean hasGivenName = columns.stream().anyMatch(is(Target.GIVEN_NAME));
    return columns.stream()
        .filter(one ->
            !one.to().isOfNumber()
                || columns.stream()
                    .anyMatch(is(Target.NUMBER).and(other -> other.place().equals(one.place()))))
        .map(one ->
            one.to() == Target.NAME && hasFamilyName && !hasGivenName
                ? MappedColumn.of(one.column(), Target.GIVEN_NAME)
                : one)
        .sorted(Comparator.comparingInt(MappedColumn::column))
        .toList();
  }
}
