package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTermTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "احمدی            | %احمدی%",
        "احمدي            | %احمدی%",
        "'سارا  احمدی '    | %سارا%,%احمدی%",
        "علی‌رضا           | %علیرضا%",
        "خانۀ             | %خانه%",
        "مُحَمَّد             | %محمد%",
        "IŞIK             | %isik%",
        "ışık             | %isik%",
        "Çağrı            | %cagri%",
        "ИВАНОВ           | %иванов%",
        "Ёлкин            | %елкин%",
        "Müller Müller    | %muller%",
        "م ر ی            | %م ر ی%",
        "لی نا سارا        | %لی%,%نا%,%سارا%",
        "100% cotton      | %100\\%%,%cotton%",
        "O'Neil           | %o'neil%",
      })
  void wordsAreSearchedInAnyScript(String text, String patterns) {
    assertEquals(
        List.of(patterns.split(",")),
        SearchTerm.of(text, Contents.NUMBERS).orElseThrow().words().getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "0912 123 4567    | +989121234567 | %09121234567% | true",
        "۰۹۱۲۱۲۳۴۵۶۷       | +989121234567 | %09121234567% | true",
        "9121234567       | +989121234567 | %9121234567%  | true",
        "+98 (912) 123-45 | +9891212345   | -             | true",
        "0912 123         | +98912123     | %0912123%     | false",
        "٤٥٦٧             | -             | %4567%        | false",
        "45-67            | -             | %4567%        | false",
        "021 9100         | +98219100     | %0219100%     | false",
      })
  void numbersAreSearchedInAnyWriting(
      String text, String beginning, String digits, boolean isWhole) {
    SearchTerm term = SearchTerm.of(text, Contents.NUMBERS).orElseThrow();
    if (beginning != null) {
      assertTrue(term.beginnings().contains(beginning), term::toString);
    }
    assertEquals(Stream.ofNullable(digits).toList(), term.digits());
    assertEquals(isWhole, term.isWhole());
    assertFalse(term.asPart().isWhole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"احمدی", "abc 123", "sara@example.ir", "خیابان ۱۲"})
  void whatIsNoNumberIsNotSearchedAsOne(String text) {
    SearchTerm term = SearchTerm.of(text, Contents.NUMBERS).orElseThrow();
    assertEquals(List.of(), term.beginnings());
    assertEquals(List.of(), term.digits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ab", "لی", "123", "۱۲۳", "a1b", "%%%", "...", "َُِّ", "a-b"})
  void tooLittleIsNoTerm(String text) {
    assertEquals(Optional.empty(), SearchTerm.of(text, Contents.NUMBERS));
  }
}
