package io.tamas.call.record;

import io.tamas.number.ExtensionNumber;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;

/// The ids of calls: of most the linked id of Asterisk, `<cell>-<second>.<number>`, and of a click
/// to call one that ends alike, so that of calls that turn out to be one the older is known.
public final class CallIds {
  private static final String CLICK = "-click-";

  /// Fifteen digits, which nobody guesses.
  private static final long FIRST_SUFFIX = 100_000_000_000_000L;

  private static final SecureRandom RANDOM = new SecureRandom();

  /// By start: first the second, then the number of the channel within it. A click to call counts
  /// as the oldest of its second: whoever clicked knows it by that id.
  public static final Comparator<String> OLDEST_FIRST =
      Comparator.comparing(CallIds::second).thenComparing(CallIds::number);

  private CallIds() {}

  public static String ofClick(String cell, ExtensionNumber extension, Instant at) {
    return cell
        + CLICK
        + extension.digits()
        + "-"
        + at.getEpochSecond()
        + "."
        + RANDOM.nextLong(FIRST_SUFFIX, 10 * FIRST_SUFFIX);
  }

  private static long second(String id) {
    int dot = id.lastIndexOf('.');
    return digits(dot < 0 ? "" : id.substring(id.lastIndexOf('-', dot) + 1, dot));
  }

  private static long number(String id) {
    return id.contains(CLICK) ? 0 : digits(id.substring(id.lastIndexOf('.') + 1));
  }

  private static long digits(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
  }
}
