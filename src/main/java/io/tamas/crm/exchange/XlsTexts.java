package io.tamas.crm.exchange;

import java.io.IOException;
import org.apache.poi.hssf.record.ContinueRecord;
import org.apache.poi.hssf.record.RecordInputStream;

/// The texts that the cells of a workbook of Excel 97 share ([MS-XLS] 2.5.293), one by one.
final class XlsTexts {
  /// A sheet has no more cells.
  private static final int MOST = 65_536 * 256;

  private static final int WIDE = 0x01;
  private static final int SPOKEN = 0x04;
  private static final int FORMATTED = 0x08;
  private static final int LENGTH_OF_RUN = 4;

  private XlsTexts() {}

  /// @param records at the beginning of the record of the texts
  static void write(RecordInputStream records, SharedStrings.Sink sink) throws IOException {
    records.readInt();
    long count = Integer.toUnsignedLong(records.readInt());
    if (count > MOST) {
      throw XlsWorkbook.broken();
    }
    for (long i = 0; i < count && (records.remaining() > 0 || isContinued(records)); i++) {
      sink.add(text(records));
    }
  }

  private static boolean isContinued(RecordInputStream records) {
    return records.hasNextRecord() && records.getNextSid() == ContinueRecord.sid;
  }

  private static String text(RecordInputStream records) {
    int length = records.readUShort();
    int flags = records.readUByte();
    long rest = (flags & FORMATTED) == 0 ? 0 : (long) records.readUShort() * LENGTH_OF_RUN;
    rest += (flags & SPOKEN) == 0 ? 0 : Integer.toUnsignedLong(records.readInt());
    String text =
        (flags & WIDE) == 0
            ? records.readCompressedUnicode(length)
            : records.readUnicodeLEString(length);
    for (long i = 0; i < rest; i++) {
      records.readByte();
    }
    return text;
  }
}
