package io.tamas.crm;

import io.tamas.calendar.JalaliDate;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.text.Folding;
import io.tamas.text.Printable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values of fields as people write them, in digits of any script. Pure.
public final class ValueReading {
  static final String DATE_RULE =
      "must be a date such as 1370-05-12 (Jalali) or 1991-08-03 (Gregorian, from the year 1700 on)";
  static final String NUMBER_RULE = "must be a number such as -12.5 of at most 30 digits";

  private static final Pattern DATE =
      Pattern.compile("([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(?:[.][0-9]{1,30})?");

  /// Years from here on are Gregorian.
  private static final int FIRST_GREGORIAN_YEAR = 1700;

  private static final String DECIMAL_POINT = "\u066b";
  private static final String THOUSANDS = "\u066c";

  private ValueReading() {}

  /// What a text is.
  public sealed interface Result {
    record Valid(FieldValue value) implements Result {}

    /// @param rule which it breaks, as the second half of a sentence
    record Wrong(String rule) implements Result {}
  }

  public static Result read(ProfileField.Content field, FieldValue given, WrittenNumbers by) {
    if (given.calendar().isPresent() && field.type() != FieldType.DATE) {
      return new Result.Wrong("has a calendar, which only a date has");
    }
    String text = given.value().strip();
    return switch (field.type()) {
      case TEXT -> text(given, text);
      case NUMBER -> number(given, text);
      case DATE -> date(given, text);
      case CHOICE -> choice(field.choices(), given, text);
      case PHONE ->
          switch (by.read(text)) {
            case Read.Number(PhoneNumber number) -> valid(given, number.e164());
            case Read.Short _ -> new Result.Wrong(WrittenNumbers.RULE);
            case Read.Wrong(String rule) -> new Result.Wrong(rule);
          };
    };
  }

  private static Result text(FieldValue given, String text) {
    String lines = text.replace("\r\n", "\n");
    if (lines.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      return new Result.Wrong("must not contain control characters but line breaks and tabs");
    }
    return Printable.isSeen(lines)
        ? valid(given, lines)
        : new Result.Wrong("must have a visible character");
  }

  private static Result number(FieldValue given, String text) {
    String plain = Folding.fold(text).replace(THOUSANDS, "").replace(DECIMAL_POINT, ".");
    return NUMBER.matcher(plain).matches()
        ? valid(given, canonical(new BigDecimal(plain)))
        : new Result.Wrong(NUMBER_RULE);
  }

  private static String canonical(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static Result date(FieldValue given, String text) {
    Matcher written = DATE.matcher(Folding.fold(text));
    if (!written.matches()) {
      return new Result.Wrong(DATE_RULE);
    }
    int year = Integer.parseInt(written.group(1));
    int month = Integer.parseInt(written.group(2));
    int day = Integer.parseInt(written.group(3));
    boolean isJalali = year < FIRST_GREGORIAN_YEAR;
    EntryCalendar calendar =
        given.calendar().orElse(isJalali ? EntryCalendar.JALALI : EntryCalendar.GREGORIAN);
    if (isJalali && calendar == EntryCalendar.GREGORIAN) {
      return new Result.Wrong(DATE_RULE);
    }
    try {
      LocalDate date =
          isJalali
              ? new JalaliDate(year, month, day).toLocalDate()
              : LocalDate.of(year, month, day);
      return new Result.Valid(
          new FieldValue(given.field(), date.toString(), Optional.of(calendar)));
    } catch (DateTimeException e) {
      return new Result.Wrong("is a day that does not exist");
    }
  }

  private static Result choice(List<String> choices, FieldValue given, String text) {
    String wanted = Folding.fold(text);
    return choices.stream()
        .filter(choice -> Folding.fold(choice).equals(wanted))
        .findFirst()
        .map(choice -> valid(given, choice))
        .orElseGet(() -> new Result.Wrong("must be one of the choices of the field"));
  }

  private static Result valid(FieldValue given, String value) {
    return new Result.Valid(new FieldValue(given.field(), value, Optional.empty()));
  }
}
