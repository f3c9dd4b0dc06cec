package io.tamas.crm.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a part of a workbook, which neither unpack without end nor have a tag or a text
/// that fills the memory: an attribute cannot contain the `<` that would begin the next, and a
/// comment is one piece.
final class BoundedXml extends FilterInputStream {
  private static final int LONGEST_PIECE = 1 << 20;

  private final long most;
  private long total;
  private int piece;
  private boolean isComment;
  private int before;
  private int twoBefore;

  BoundedXml(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    total += Math.max(0, read);
    if (total > most) {
      throw new UnreadableSheet("the workbook unpacks to far more than it is");
    }
    for (int i = offset; i < offset + read; i++) {
      take(bytes[i]);
    }
    return read;
  }

  private void take(byte b) {
    if (isComment) {
      isComment = b != '>' || !endsComment();
    } else {
      isComment = before == '<' && (b == '!' || b == '?');
      piece = b == '<' ? 0 : piece;
    }
    piece++;
    if (piece > LONGEST_PIECE) {
      throw new UnreadableSheet("the workbook has a text of more than 1,048,576 bytes");
    }
    twoBefore = before;
    before = b;
  }

  private boolean endsComment() {
    return before == '?' || before == twoBefore && (before == '-' || before == ']');
  }
}
