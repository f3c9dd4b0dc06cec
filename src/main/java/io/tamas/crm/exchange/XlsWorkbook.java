package io.tamas.crm.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FilePassRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.RecordInputStream;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// What a workbook of Excel 97 to 2003 ([MS-XLS]) says of itself before its sheets. The records are
/// read one by one from the file, as the library's events are; but its event of the shared texts
/// would have all of them in memory.
final class XlsWorkbook implements AutoCloseable {
  private static final String STREAM = "Workbook";
  private static final String STREAM_BEFORE_97 = "Book";
  private static final String ENCRYPTED = "EncryptedPackage";

  /// A cell names its style in 16 bits.
  private static final int MOST_STYLES = 1 << 16;

  private static final int MOST_SHEETS = 10_000;

  private static final String SAVE_AS = ": open it in a spreadsheet, and save it as XLSX or CSV";

  private final POIFSFileSystem file;
  private final Path folder;
  private final Map<Integer, String> formats = new HashMap<>();
  private final List<Integer> styles = new ArrayList<>();
  private final List<BoundSheetRecord> sheets = new ArrayList<>();
  private Optional<SharedStrings> strings = Optional.empty();
  private boolean of1904;

  private XlsWorkbook(POIFSFileSystem file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /// What may find that a file is broken in as many ways as the library has.
  interface Reading<T> {
    T read() throws IOException;
  }

  /// @throws UnreadableSheet whatever is found
  static <T> T sound(Reading<T> reading) {
    try {
      return reading.read();
    } catch (UnreadableSheet told) {
      throw told;
    } catch (IOException | RuntimeException e) { // the library throws whatever fits
      throw broken();
    }
  }

  static UnreadableSheet broken() {
    return XlsxParts.broken();
  }

  static UnreadableSheet tooOld() {
    return new UnreadableSheet("this is a workbook of Excel 95 or older" + SAVE_AS);
  }

  /// @param texts whether those that its cells share are wanted
  static XlsWorkbook open(Path path, boolean texts) throws IOException {
    OleParts.requireFew(path);
    return sound(() -> {
      POIFSFileSystem file = new POIFSFileSystem(path.toFile(), true);
      XlsWorkbook workbook = new XlsWorkbook(file, path.toAbsolutePath().resolveSibling(""));
      try {
        workbook.read(texts);
        return workbook;
      } catch (IOException | RuntimeException e) {
        workbook.close();
        throw e;
      }
    });
  }

  private DocumentInputStream stream() throws IOException {
    DirectoryNode root = file.getRoot();
    if (root.hasEntryCaseInsensitive(STREAM)) {
      return root.createDocumentInputStream(root.getEntryCaseInsensitive(STREAM));
    }
    if (root.hasEntryCaseInsensitive(STREAM_BEFORE_97)) {
      throw tooOld();
    }
    throw root.hasEntryCaseInsensitive(ENCRYPTED)
        ? withPassword()
        : new UnreadableSheet("this is a file of Office, and no workbook of Excel" + SAVE_AS);
  }

  private static UnreadableSheet withPassword() {
    return new UnreadableSheet(
        "the workbook is protected by a password: save it without, or as CSV");
  }

  private void read(boolean texts) throws IOException {
    RecordInputStream records = new RecordInputStream(stream());
    requireType(records);
    while (next(records) && records.getSid() != EOFRecord.sid) {
      switch (records.getSid()) {
        case FilePassRecord.sid -> throw withPassword();
        case BoundSheetRecord.sid -> add(sheets, new BoundSheetRecord(records), MOST_SHEETS);
        case DateWindow1904Record.sid ->
            of1904 = new DateWindow1904Record(records).getWindowing() == 1;
        case FormatRecord.sid -> {
          FormatRecord format = new FormatRecord(records);
          formats.put(format.getIndexCode(), format.getFormatString());
        }
        case ExtendedFormatRecord.sid ->
            add(
                styles,
                Short.toUnsignedInt(new ExtendedFormatRecord(records).getFormatIndex()),
                MOST_STYLES);
        case SSTRecord.sid -> {
          if (texts && strings.isEmpty()) {
            strings = Optional.of(SharedStrings.of(sink -> XlsTexts.write(records, sink), folder));
          }
        }
        default -> {}
      }
    }
  }

  private static <T> void add(List<T> all, T one, int most) {
    if (all.size() >= most) {
      throw broken();
    }
    all.add(one);
  }

  /// Goes to the next record, whatever is left of the one before.
  static boolean next(RecordInputStream records) {
    byte[] left = new byte[records.remaining()];
    records.readFully(left);
    if (!records.hasNextRecord()) {
      return false;
    }
    records.nextRecord();
    return true;
  }

  /// What begins here.
  private static int requireType(RecordInputStream records) {
    if (!next(records) || records.getSid() != BOFRecord.sid) {
      throw broken();
    }
    BOFRecord begin = new BOFRecord(records);
    if (begin.getVersion() != BOFRecord.VERSION) {
      throw tooOld();
    }
    return begin.getType();
  }

  /// The name of the sheet that is read.
  String name() throws IOException {
    return first().sheet.getSheetname();
  }

  /// The records of that sheet, behind the first.
  RecordInputStream records() throws IOException {
    return first().records;
  }

  private record Found(BoundSheetRecord sheet, RecordInputStream records) {}

  /// The first one that has cells and is not hidden.
  private Found first() throws IOException {
    for (BoundSheetRecord sheet : sheets) {
      if (!sheet.isHidden() && !sheet.isVeryHidden()) {
        DocumentInputStream stream = stream();
        stream.skipNBytes(sheet.getPositionOfBof());
        RecordInputStream records = new RecordInputStream(stream);
        if (requireType(records) == BOFRecord.TYPE_WORKSHEET) {
          return new Found(sheet, records);
        }
      }
    }
    throw new UnreadableSheet("the workbook has no sheet of cells that is not hidden");
  }

  SheetAmounts amounts() {
    return SheetAmounts.of(formats, styles, of1904);
  }

  /// @throws UnreadableSheet if there is no such text
  String text(long index) {
    return strings.orElseThrow(XlsWorkbook::broken).get(index);
  }

  @Override
  public void close() throws IOException {
    strings.ifPresent(SharedStrings::close);
    file.close();
  }
}
