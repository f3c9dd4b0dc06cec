package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of an element whose parts are formatted differently.
final class XlsxText {
  /// A character by its number (ISO/IEC 29500-1, 22.9.2.19).
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private static final int HEXADECIMAL = 16;

  private XlsxText() {}

  /// @param part the shared strings; empty: there are none
  static void shared(Optional<InputStream> part, SharedStrings.Sink sink) throws IOException {
    if (part.isEmpty()) {
      return;
    }
    try (XmlElements xml = XmlElements.of(part.get())) {
      while (xml.next()) {
        if (xml.isStart("si")) {
          sink.add(of(xml, "si"));
        }
      }
    }
  }

  /// Reads to the end of the element. How a text is spoken (`rPh`) is no part of it.
  ///
  /// @throws UnreadableSheet if it is longer than a cell may be
  static String of(XmlElements xml, String element) {
    StringBuilder text = new StringBuilder();
    boolean isText = false;
    boolean isSpoken = false;
    while (!xml.isEnd(element)) {
      if (!xml.next()) {
        throw XlsxParts.broken();
      }
      isSpoken = (isSpoken || xml.isStart("rPh")) && !xml.isEnd("rPh");
      isText = (isText || xml.isStart("t")) && !xml.isEnd("t");
      if (isText && !isSpoken) {
        append(text, xml.text());
      }
    }
    return plain(text.toString());
  }

  /// A text without the escapes of characters that XML has not.
  static String plain(String text) {
    return text.contains("_x")
        ? ESCAPED
            .matcher(text)
            .replaceAll(escaped ->
                Matcher.quoteReplacement(
                    "" + (char) Integer.parseInt(escaped.group(1), HEXADECIMAL)))
        : text;
  }

  static void append(StringBuilder text, String more) {
    text.append(more);
    if (text.length() > SheetReader.LONGEST_CELL) {
      throw new UnreadableSheet(
          "the workbook has a cell of more than %,d characters"
              .formatted(SheetReader.LONGEST_CELL));
    }
  }
}
