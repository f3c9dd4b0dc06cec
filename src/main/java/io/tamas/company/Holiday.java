package io.tamas.company;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;

/// A day on which a schedule is closed, such as `2026-03-21`.
public record Holiday(LocalDate date) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Holiday parse(String text) {
    try {
      return new Holiday(LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a holiday is a date such as 2026-03-21", e);
    }
  }

  @JsonValue
  public String text() {
    return date.toString();
  }

  public boolean isOn(LocalDate day) {
    return date.equals(day);
  }
}
