package io.tamas.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;

/// An instant as people and programs write it, with its offset from UTC (RFC 3339), in bodies,
/// parameters and files alike. Pure.
public final class WrittenInstant {
  private static final String LOCAL = "2026-12-01T05:30:00";
  private static final String OFFSET = "+03:30";

  private WrittenInstant() {}

  public static boolean isValid(String text) {
    return read(text, OffsetDateTime::parse).isPresent() && read(text, Instant::parse).isPresent();
  }

  /// What is wanted instead of a text that is none, as the object of `must be`. A local time is
  /// told again with an offset: that was forgotten.
  public static String wanted(String given) {
    Optional<String> local =
        read(given, LocalDateTime::parse)
            .or(() -> read(given, LocalDate::parse).map(LocalDate::atStartOfDay))
            .map(time -> time + (time.getSecond() == 0 && time.getNano() == 0 ? ":00" : ""));
    return "a time with its offset from UTC"
        + (local.isPresent() ? ", which is missing," : "")
        + " such as \"%s%s\"".formatted(local.orElse(LOCAL), OFFSET);
  }

  private static <T> Optional<T> read(String text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
