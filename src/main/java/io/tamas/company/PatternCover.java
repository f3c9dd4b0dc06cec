package io.tamas.company;

import java.util.Collection;

/// Whether one pattern of [io.tamas.number.NumberPattern] matches everything that another one
/// matches.
///
/// Only what is certain is reported: that several patterns together cover another one is not
/// detected, and after a bounded number of comparisons nothing is certain any more.
final class PatternCover {
  /// Stands for the absence of patterns, which matches everything.
  static final String ANY = "*";

  private static final int MAX_COMPARISONS = 5_000_000;

  private int comparisons;

  boolean coversAll(Collection<String> wide, Collection<String> narrow) {
    return narrow.stream().allMatch(one -> wide.stream().anyMatch(other -> covers(other, one)));
  }

  boolean covers(String wide, String narrow) {
    if (isExhausted()) {
      return false;
    }
    comparisons++;
    boolean open = wide.endsWith(ANY);
    String from = open ? wide.substring(0, wide.length() - 1) : wide;
    String of = narrow.endsWith(ANY) ? narrow.substring(0, narrow.length() - 1) : narrow;
    boolean longEnough =
        open ? of.length() >= from.length() : !narrow.endsWith(ANY) && of.length() == from.length();
    return longEnough && coversFirst(from, of);
  }

  /// Whether the number of comparisons is used up.
  boolean isExhausted() {
    return comparisons == MAX_COMPARISONS;
  }

  private static boolean coversFirst(String wide, String narrow) {
    for (int i = 0; i < wide.length(); i++) {
      char wanted = wide.charAt(i);
      char found = narrow.charAt(i);
      boolean digit = found == 'X' || found >= '0' && found <= '9';
      if (wanted != found && !(wanted == 'X' && digit)) {
        return false;
      }
    }
    return true;
  }
}
