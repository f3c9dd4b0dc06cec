package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.crm.ValueReading.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueReadingTest {
  private static final List<String> CITIES = List.of("شیراز", "İzmir");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TEXT   | ' Zand 12 '            | Zand 12",
        "TEXT   | 'الف‌ب'                | الف‌ب",
        "NUMBER | 0012.50                | 12.5",
        "NUMBER | -0.0                   | 0",
        "NUMBER | ۱۲٬۵۰۰٫۵               | 12500.5",
        "NUMBER | −٣                     | -3",
        "NUMBER | 100                    | 100",
        "CHOICE | شيراز                  | شیراز",
        "CHOICE | izmir                  | İzmir",
        "PHONE  | ۰۹۱۲ ۱۲۳ ۴۵۶۷          | +989121234567",
        "PHONE  | (021) 9100-1000        | +982191001000",
      })
  void aValueIsReadHoweverItIsWritten(FieldType type, String written, String value) {
    assertEquals(
        new Result.Valid(new FieldValue(7, value, Optional.empty())),
        read(type, written, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "1370-05-12, -, 1991-08-03, JALALI",
        "۱۳۷۰/۵/۱۲, -, 1991-08-03, JALALI",
        "1370.05.12, JALALI, 1991-08-03, JALALI",
        "1991-08-03, -, 1991-08-03, GREGORIAN",
        "1991-08-03, JALALI, 1991-08-03, JALALI",
        "1991-08-03, GREGORIAN, 1991-08-03, GREGORIAN",
        "٢٠٢٤-٠٢-٢٩, -, 2024-02-29, GREGORIAN",
        "1403-12-30, -, 2025-03-20, JALALI",
        "1405/01/01, -, 2026-03-21, JALALI",
      })
  void aDateIsKeptAsIsoWithTheCalendarOfItsEntry(
      String written, EntryCalendar given, String iso, EntryCalendar kept) {
    assertEquals(
        new Result.Valid(new FieldValue(7, iso, Optional.of(kept))),
        read(FieldType.DATE, written, Optional.ofNullable(given)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "TEXT   | '  '       | -",
        "TEXT   | a\u0007b   | -",
        "TEXT   | '\u200c'   | -",
        "NUMBER | 12,5       | -",
        "NUMBER | 1e3        | -",
        "NUMBER | twelve     | -",
        "NUMBER | 1234567890123456789012345678901 | -",
        "NUMBER | 12         | JALALI",
        "DATE   | 1370-13-01 | -",
        "DATE   | 1402-12-30 | -",
        "DATE   | 2025-02-29 | -",
        "DATE   | 1370-05-12 | GREGORIAN",
        "DATE   | 12/05/1370 | -",
        "DATE   | *-05-12    | -",
        "DATE   | 0900-01-01 | -",
        "DATE   | yesterday  | -",
        "CHOICE | تهران      | -",
        "PHONE  | 110        | -",
        "PHONE  | call me    | -",
      })
  void whatIsNoValueIsRefused(FieldType type, String written, EntryCalendar calendar) {
    Result result = read(type, written, Optional.ofNullable(calendar));
    assertEquals(Result.Wrong.class, result.getClass(), result::toString);
  }

  @Test
  void whatWasReadIsReadAgainAsItIs() {
    FieldValue date = new FieldValue(7, "1991-08-03", Optional.of(EntryCalendar.JALALI));
    assertEquals(
        new Result.Valid(date), ValueReading.read(field(FieldType.DATE), date, Contents.NUMBERS));
  }

  private static Result read(FieldType type, String written, Optional<EntryCalendar> calendar) {
    return ValueReading.read(field(type), new FieldValue(7, written, calendar), Contents.NUMBERS);
  }

  private static ProfileField.Content field(FieldType type) {
    return new ProfileField.Content(
        "field", type, false, type == FieldType.CHOICE ? CITIES : List.of(), Optional.empty());
  }
}
