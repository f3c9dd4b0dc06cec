package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void noTextBecomesAFormula(String text, String cell) {
    assertEquals(cell, Csv.cell(text));
  }

  static Stream<Arguments> cells() {
    return Stream.of(
        arguments("", ""),
        arguments("سارا احمدی", "سارا احمدی"),
        arguments("101", "101"),
        arguments("=1+1", "'=1+1"),
        arguments(
            "=HYPERLINK(\"http://a/\",\"x\")", "\"'=HYPERLINK(\"\"http://a/\"\",\"\"x\"\")\""),
        arguments("@SUM(A1)", "'@SUM(A1)"),
        arguments("-1+1", "'-1+1"),
        arguments("+1+1", "'+1+1"),
        arguments("+989121234567", "+989121234567"),
        arguments("+989121234567*1", "'+989121234567*1"),
        arguments("+98", "'+98"),
        arguments("\t=1", "\"'\t=1\""),
        arguments("\r=1", "\"'\r=1\""),
        arguments("\n=1", "\"'\n=1\""),
        arguments("＝1+1", "'＝1+1"),
        arguments("Ali;=1+1", "\"Ali;=1+1\""),
        arguments("Ali,=1+1", "\"Ali,=1+1\""),
        arguments("Ali\r\n=1+1", "\"Ali\r\n=1+1\""),
        arguments("say \"hello\"", "\"say \"\"hello\"\"\""));
  }

  @Test
  void timesAndDurationsAreWhatSpreadsheetsRead() {
    Instant at = Instant.parse("2026-11-28T10:35:00.900Z");
    assertEquals("2026-11-28 14:05:00", Csv.time(at, ZoneId.of("Asia/Tehran")));
    assertEquals("95.250", Csv.seconds(Duration.ofMillis(95_250)));
    assertEquals("a,'=b,\"c,d\"\r\n", Csv.row("a", "=b", "c,d"));
  }
}
