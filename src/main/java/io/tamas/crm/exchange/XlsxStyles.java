package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the cells of a workbook are shown.
final class XlsxStyles {
  private static final int MOST_DIGITS = 9;

  private XlsxStyles() {}

  /// @param part that says it; empty: there is none
  /// @param of1904 whether the first day is that of 1904
  static SheetAmounts amounts(Optional<InputStream> part, boolean of1904) throws IOException {
    Map<Integer, String> formats = new HashMap<>();
    List<Integer> styles = new ArrayList<>();
    if (part.isPresent()) {
      try (XmlElements xml = XmlElements.of(part.get())) {
        boolean isOfCells = false;
        while (xml.next()) {
          isOfCells = (isOfCells || xml.isStart("cellXfs")) && !xml.isEnd("cellXfs");
          if (xml.isStart("numFmt")) {
            formats.put(number(xml.attribute("numFmtId")), xml.attribute("formatCode").orElse(""));
          } else if (isOfCells && xml.isStart("xf")) {
            styles.add(number(xml.attribute("numFmtId")));
          }
        }
      }
    }
    return SheetAmounts.of(formats, styles, of1904);
  }

  /// Of a style or a format.
  static int number(Optional<String> text) {
    return text.filter(digits ->
            digits.length() <= MOST_DIGITS
                && !digits.isEmpty()
                && digits.chars().allMatch(c -> c >= '0' && c <= '9'))
        .map(Integer::valueOf)
        .orElse(SheetAmounts.NO_STYLE);
  }
}
