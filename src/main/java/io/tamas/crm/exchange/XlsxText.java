package io.tamas.crm.exchange;

/// The text of an element whose parts are formatted differently.
final class XlsxText {
  private XlsxText() {}

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
    return text.toString();
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
