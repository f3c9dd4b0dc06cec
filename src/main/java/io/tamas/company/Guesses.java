package io.tamas.company;

import io.tamas.config.Nearest;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was probably meant by a value that is written in another form. Pure.
final class Guesses {
  private static final Pattern TIME =
      Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?");
  private static final Pattern LOOSE_TIME =
      Pattern.compile("([0-9]{1,2})(?:[:.]([0-5][0-9]))?(:[0-5][0-9])?");
  private static final Pattern LOOSE_DURATION =
      Pattern.compile("([0-9]{1,6}) *(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)?");

  private Guesses() {}

  static boolean isTime(String text) {
    return TIME.matcher(text).matches();
  }

  /// A number without a unit is one of seconds.
  static String duration(String given) {
    String large = given.strip().toUpperCase(Locale.ROOT);
    if (ValueForms.isDuration(large)) {
      return large;
    }
    Matcher written = LOOSE_DURATION.matcher(given.strip().toLowerCase(Locale.ROOT));
    if (!written.matches() || Integer.parseInt(written.group(1)) == 0) {
      return "PT25S";
    }
    long count = Long.parseLong(written.group(1));
    String unit = Optional.ofNullable(written.group(2)).orElse("s");
    return switch (unit.charAt(0)) {
      case 'h' -> Duration.ofHours(count).toString();
      case 'm' -> Duration.ofMinutes(count).toString();
      default -> Duration.ofSeconds(count).toString();
    };
  }

  static String wantedTime(String given) {
    if (given.startsWith("24")) {
      return "a time from \"00:00\" to \"23:59\"; midnight at the end of a day is \"00:00\","
          + " and a whole day is from \"00:00\" to \"00:00\"";
    }
    return "a time of two digits each such as " + ValueForms.quoted(time(given));
  }

  private static String time(String given) {
    Matcher written = LOOSE_TIME.matcher(given.strip());
    if (!written.matches() || Integer.parseInt(written.group(1)) > 23) {
      return "08:30";
    }
    String minute = Optional.ofNullable(written.group(2)).orElse("00");
    return "%02d:%s".formatted(Integer.parseInt(written.group(1)), minute);
  }

  /// Digits among separators.
  static String extension(String given) {
    String digits = given.replaceAll("[ ().-]", "");
    return ExtensionNumber.isValid(digits) ? digits : "101";
  }

  static String wantedDestination(String given) {
    String example = "extension:" + (ExtensionNumber.isValid(given) ? given : "101");
    return "a destination such as "
        + ValueForms.quoted(example)
        + ": extension:<number>, ring-group:<name>, menu:<name>, announcement:<prompt>,"
        + " voicemail:<extension> or number:<external number>";
  }

  /// A name that begins so, or is written almost so.
  static Optional<String> choice(String given, List<String> names) {
    String upper = given.strip().toUpperCase(Locale.ROOT).replaceAll("[ -]", "_");
    return upper.length() < 2
        ? Optional.empty()
        : names.stream()
            .filter(name -> name.startsWith(upper))
            .findFirst()
            .or(() -> Nearest.to(upper, names));
  }
}
