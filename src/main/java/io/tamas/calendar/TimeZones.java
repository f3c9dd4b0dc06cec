package io.tamas.calendar;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The names of the IANA time zone database, by which times are local: an offset such as `+03:30`
/// is none, since it does not know when clocks change.
public final class TimeZones {
  /// Places whose names begin with as many equal letters may be the same in another spelling.
  private static final int ENOUGH_LETTERS = 4;

  private static final String EXAMPLE = "Asia/Tehran";

  private static final Set<String> NAMES = ZoneId.getAvailableZoneIds();

  private TimeZones() {}

  public static Optional<ZoneId> find(String name) {
    return isName(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
  }

  public static boolean isName(String text) {
    return NAMES.contains(text);
  }

  /// The name that was probably meant: of the same place, or of one that is spelled almost so; else
  /// an example.
  public static String near(String wrong) {
    String place = place(wrong);
    return NAMES.stream()
        // those of Etc count the other way round: Etc/GMT+3 is west of Greenwich
        .filter(name -> name.contains("/") && !name.startsWith("Etc/"))
        .filter(name -> common(place(name), place) >= Math.min(place.length(), ENOUGH_LETTERS))
        .filter(_ -> place.length() >= ENOUGH_LETTERS)
        .max(
            Comparator.comparing((String name) -> common(place(name), place))
                .thenComparing(name -> -place(name).length())
                .thenComparing(name -> -name.length())
                .thenComparing(Comparator.reverseOrder()))
        .orElse(EXAMPLE);
  }

  private static String place(String name) {
    return name.substring(name.lastIndexOf('/') + 1).replace(' ', '_').toLowerCase(Locale.ROOT);
  }

  private static int common(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }
}
