package io.tamas.crm.exchange;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What the amounts in the cells of a workbook are: numbers, or days that it counts from its first
/// one. Pure.
final class SheetAmounts {
  /// A cell that names no format.
  static final int NO_STYLE = -1;

  /// Formats of days that every workbook has (ISO/IEC 29500-1, 18.8.30).
  private static final Set<Integer> DAYS =
      Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58);

  private static final Pattern NO_LETTERS = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]");

  /// As many digits as a spreadsheet keeps.
  private static final MathContext KEPT = new MathContext(15);

  /// In a workbook of 1900 that year has a 29th of February, as in Lotus 1-2-3.
  private static final LocalDate BEFORE_1900 = LocalDate.of(1899, 12, 30);

  private static final int FEBRUARY_29 = 60;
  private static final LocalDate FIRST_OF_1904 = LocalDate.of(1904, 1, 1);
  private static final BigDecimal LAST_DAY = new BigDecimal(2_958_465);

  private final List<Boolean> isDay;
  private final boolean of1904;

  private SheetAmounts(List<Boolean> isDay, boolean of1904) {
    this.isDay = isDay;
    this.of1904 = of1904;
  }

  /// @param formats of the workbook, by their numbers
  /// @param styles the number of the format of each style
  /// @param of1904 whether the first day is that of 1904
  static SheetAmounts of(Map<Integer, String> formats, List<Integer> styles, boolean of1904) {
    Set<Integer> days = new HashSet<>(DAYS);
    formats.forEach((number, format) -> {
      if (isDay(format)) {
        days.add(number);
      }
    });
    return new SheetAmounts(styles.stream().map(days::contains).toList(), of1904);
  }

  private static boolean isDay(String format) {
    return NO_LETTERS.matcher(format).replaceAll("").matches("(?i).*[yd].*");
  }

  /// As people would write it. What has more digits than a spreadsheet keeps is written so that it
  /// is no number for anybody.
  ///
  /// @param style the number of the cell's style, or [#NO_STYLE]
  String text(String amount, int style) {
    BigDecimal exact;
    try {
      exact = new BigDecimal(amount);
    } catch (NumberFormatException e) {
      return amount;
    }
    if (Math.abs((long) exact.precision() - exact.scale()) > KEPT.getPrecision() * 2) {
      return amount;
    }
    if (isDayOf(style) && exact.signum() > 0 && exact.compareTo(LAST_DAY) <= 0) {
      return day(exact.intValue()).toString();
    }
    BigDecimal kept = exact.round(KEPT).stripTrailingZeros();
    return kept.precision() - kept.scale() > KEPT.getPrecision()
        ? "%s.0E+%d".formatted(kept.unscaledValue(), -kept.scale())
        : kept.toPlainString();
  }

  private boolean isDayOf(int style) {
    return style >= 0 && style < isDay.size() && isDay.get(style);
  }

  private LocalDate day(int count) {
    if (of1904) {
      return FIRST_OF_1904.plusDays(count);
    }
    return BEFORE_1900.plusDays(count < FEBRUARY_29 ? count + 1 : count);
  }
}
