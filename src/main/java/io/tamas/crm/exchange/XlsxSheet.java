package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first sheet of a workbook (ISO/IEC 29500-1) that is not hidden.
final class XlsxSheet implements SheetReader {
  private static final Pattern PLACE = Pattern.compile("([A-Z]{1,3})[0-9]{1,7}");
  private static final int LETTERS = 26;

  private final XlsxParts parts;
  private final SharedStrings strings;
  private final SheetAmounts amounts;
  private final XmlElements xml;
  private long row;

  private XlsxSheet(XlsxParts parts, SharedStrings strings, SheetAmounts amounts, XmlElements xml) {
    this.parts = parts;
    this.strings = strings;
    this.amounts = amounts;
    this.xml = xml;
  }

  /// What the workbook says of itself.
  ///
  /// @param part of the sheet
  /// @param of1904 whether its days are counted from 1904 on
  private record Contents(
      String name,
      String part,
      Optional<String> strings,
      Optional<String> styles,
      boolean of1904) {}

  /// The name of the sheet.
  static String name(Path file) throws IOException {
    try (XlsxParts parts = XlsxParts.open(file)) {
      return contents(parts).name;
    }
  }

  static XlsxSheet open(Path file) throws IOException {
    XlsxParts parts = XlsxParts.open(file);
    try {
      Contents contents = contents(parts);
      SheetAmounts amounts = XlsxStyles.amounts(part(parts, contents.styles), contents.of1904);
      Optional<InputStream> texts = part(parts, contents.strings);
      SharedStrings strings =
          SharedStrings.of(
              sink -> XlsxText.shared(texts, sink), file.toAbsolutePath().resolveSibling(""));
      try {
        InputStream sheet = parts.part(contents.part).orElseThrow(XlsxParts::broken);
        return new XlsxSheet(parts, strings, amounts, XmlElements.of(sheet));
      } catch (IOException | RuntimeException e) {
        strings.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Optional<InputStream> part(XlsxParts parts, Optional<String> name)
      throws IOException {
    return name.isPresent() ? parts.part(name.get()) : Optional.empty();
  }

  private static Contents contents(XlsxParts parts) throws IOException {
    String workbook =
        ofType(parts.relationships(""), "/officeDocument")
            .orElseThrow(() ->
                new UnreadableSheet(
                    "this is an archive, and no workbook of Excel: open it in a spreadsheet, and"
                        + " save it as XLSX or CSV"));
    Map<String, XlsxParts.Relationship> related = parts.relationships(workbook);
    boolean of1904 = false;
    try (XmlElements xml = XmlElements.of(parts.part(workbook).orElseThrow(XlsxParts::broken))) {
      while (xml.next()) {
        if (xml.isStart("workbookPr")) {
          of1904 = xml.attribute("date1904").filter(text -> text.matches("1|true")).isPresent();
        } else if (xml.isStart("sheet")
            && xml.attribute("state").orElse("visible").equals("visible")) {
          XlsxParts.Relationship sheet = related.get(xml.attribute("id").orElse(""));
          if (sheet != null && sheet.type().endsWith("/worksheet")) {
            return new Contents(
                xml.attribute("name").orElse(""),
                sheet.target(),
                ofType(related, "/sharedStrings"),
                ofType(related, "/styles"),
                of1904);
          }
        }
      }
    }
    throw new UnreadableSheet("the workbook has no sheet of cells that is not hidden");
  }

  private static Optional<String> ofType(
      Map<String, XlsxParts.Relationship> related, String ending) {
    return related.values().stream()
        .filter(one -> one.type().endsWith(ending))
        .map(XlsxParts.Relationship::target)
        .findFirst();
  }

  @Override
  public Optional<SheetRow> next() {
    while (xml.next()) {
      if (xml.isEnd("sheetData")) {
        return Optional.empty();
      }
      if (xml.isStart("row")) {
        long number =
            xml.attribute("r")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::valueOf)
                .orElse(row + 1);
        if (number <= row) {
          throw XlsxParts.broken();
        }
        row = number;
        return Optional.of(new SheetRow(row, cells()));
      }
    }
    return Optional.empty();
  }

  private List<String> cells() {
    List<String> cells = new ArrayList<>();
    int length = 0;
    while (!xml.isEnd("row")) {
      if (!xml.next()) {
        throw XlsxParts.broken();
      }
      if (xml.isStart("c")) {
        int column = column(xml.attribute("r").orElse(""), cells.size());
        if (column < cells.size()) {
          throw XlsxParts.broken();
        }
        while (cells.size() < column) {
          cells.add("");
        }
        cells.add(cell());
        length += cells.getLast().length();
        if (length > LONGEST_ROW) {
          throw new UnreadableSheet(
              "row %d has more than %,d characters".formatted(row, LONGEST_ROW));
        }
      }
    }
    return cells;
  }

  private int column(String place, int otherwise) {
    Matcher letters = PLACE.matcher(place);
    int column = otherwise;
    if (letters.matches()) {
      column = 0;
      for (char letter : letters.group(1).toCharArray()) {
        column = column * LETTERS + letter - 'A' + 1;
      }
      column--;
    }
    if (column >= MOST_COLUMNS) {
      throw new UnreadableSheet("row %d has more than %d columns".formatted(row, MOST_COLUMNS));
    }
    return column;
  }

  private String cell() {
    String type = xml.attribute("t").orElse("n");
    int style = XlsxStyles.number(xml.attribute("s"));
    if (type.equals("inlineStr")) {
      return XlsxText.of(xml, "c");
    }
    StringBuilder text = new StringBuilder();
    boolean isValue = false;
    while (!xml.isEnd("c")) {
      if (!xml.next()) {
        throw XlsxParts.broken();
      }
      isValue = (isValue || xml.isStart("v")) && !xml.isEnd("v");
      if (isValue) {
        XlsxText.append(text, xml.text());
      }
    }
    String value = text.toString();
    if (value.isEmpty()) {
      return "";
    }
    return switch (type) {
      case "s" -> strings.get(XlsxStyles.number(Optional.of(value.strip())));
      case "n" -> amounts.text(value.strip(), style);
      case "str" -> XlsxText.plain(value);
      // a day with its time
      case "d" -> value.length() > 10 ? value.substring(0, 10) : value;
      default -> value;
    };
  }

  @Override
  public void close() throws IOException {
    xml.close();
    strings.close();
    parts.close();
  }
}
