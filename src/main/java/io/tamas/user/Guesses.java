package io.tamas.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A password in the forms in which a measure made for English keyboards and the Gregorian calendar
/// knows it: what is a row of keys or a date for who typed it is one here, too. Pure.
final class Guesses {
  /// The rows of the Latin keyboard, and what the same keys write in Persian, Russian and Turkish.
  private static final String[][] KEYBOARDS = {
    {"qwertyuiop[]", "ضصثقفغعهخحجچ", "йцукенгшщзхъ", "fgğıodrnhpqw"},
    {"asdfghjkl;'", "شسیبلاتنمکگ", "фывапролджэ", "uieaütkmlyş"},
    {"zxcvbnm,.", "ظطزرذدپو.", "ячсмитьбю", "jövcçzsb."},
  };

  private static final List<Map<Integer, Character>> LAYOUTS = layouts();

  /// The years of the Jalali calendar in which people who sign in were born, or live.
  private static final Pattern JALALI_YEAR =
      Pattern.compile("(?<![0-9])1(?:3[0-9]{2}|4[0-4][0-9])(?![0-9])");

  private static final int YEARS_BETWEEN = 621;

  private Guesses() {}

  private static List<Map<Integer, Character>> layouts() {
    List<Map<Integer, Character>> layouts = new ArrayList<>();
    for (int layout = 1; layout < KEYBOARDS[0].length; layout++) {
      Map<Integer, Character> keys = new LinkedHashMap<>();
      for (String[] row : KEYBOARDS) {
        for (int i = 0; i < row[layout].length(); i++) {
          keys.put((int) row[layout].charAt(i), row[0].charAt(i));
        }
      }
      layouts.add(keys);
    }
    return layouts;
  }

  /// The text itself first.
  static List<String> of(String text) {
    String digits = ascii(text);
    List<String> forms = new ArrayList<>();
    forms.add(digits);
    forms.add(
        JALALI_YEAR
            .matcher(digits)
            .replaceAll(year -> "" + (Integer.parseInt(year.group()) + YEARS_BETWEEN)));
    LAYOUTS.forEach(keys -> forms.add(typed(digits, keys)));
    return forms.stream().distinct().toList();
  }

  private static String ascii(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isDigit(c)) {
            result.append(Character.digit(c, 10));
          } else {
            result.appendCodePoint(c);
          }
        });
    return result.toString();
  }

  private static String typed(String text, Map<Integer, Character> keys) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          Character key = keys.get(Character.toLowerCase(c));
          result.appendCodePoint(key == null ? c : key);
        });
    return result.toString();
  }
}
