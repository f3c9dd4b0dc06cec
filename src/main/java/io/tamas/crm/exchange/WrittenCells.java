package io.tamas.crm.exchange;

import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Phone numbers as they are in cells, where spreadsheets have taken them for amounts. Nothing is
/// guessed. Pure.
///
/// @param by how they are written
record WrittenCells(WrittenNumbers by) {
  static final String SPOILED =
      "has lost digits in a spreadsheet: format the column as text there, and enter it again";
  static final String EITHER =
      "may be %s or %s: write it with + and the country code, or name the country of the file";

  /// `9,89121E+11`
  private static final Pattern ROUNDED =
      Pattern.compile("[+-]?\\p{Nd}+(?:[.,٫]\\p{Nd}+)?[eE][+-]?\\p{Nd}{1,3}");

  /// A whole amount: `989121234567.0`, `989121234567,00`
  private static final Pattern AMOUNT = Pattern.compile("([+]?\\p{Nd}{5,})[.,٫]0{1,2}");

  sealed interface Found {
    record Number(PhoneNumber number) implements Found {}

    /// @param rule which it breaks, as the second half of a sentence
    record Wrong(String rule) implements Found {}
  }

  Found read(String cell) {
    if (ROUNDED.matcher(cell.strip()).matches()) {
      return new Found.Wrong(SPOILED);
    }
    return switch (by.read(AMOUNT.matcher(cell.strip()).replaceFirst("$1"))) {
      case Read.Number(PhoneNumber number) -> new Found.Number(number);
      case Read.Short(String digits) -> bare(digits);
      case Read.Wrong(String rule) -> new Found.Wrong(rule);
    };
  }

  /// Digits that may have lost their + or their 0.
  private Found bare(String digits) {
    Set<PhoneNumber> possible = new LinkedHashSet<>();
    if (!digits.startsWith("0")) {
      WrittenNumbers.international(digits).ifPresent(possible::add);
      by.number("0" + digits).ifPresent(possible::add);
    }
    return switch (possible.size()) {
      case 0 -> new Found.Wrong(WrittenNumbers.RULE);
      case 1 -> new Found.Number(possible.iterator().next());
      default -> new Found.Wrong(EITHER.formatted(possible.toArray()));
    };
  }
}
