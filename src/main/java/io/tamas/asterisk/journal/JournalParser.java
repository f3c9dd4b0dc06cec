package io.tamas.asterisk.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Parses the lines of `cel_custom` (advanced mapping, `quoting_method = all`, quotes doubled): 16
/// columns, the first of them the literal `T1`.
///
/// A field's own quotes are always doubled, so a line that starts with `"T1","` is the start of a
/// record whatever a caller's name contains. After a broken record, such as one that a crash cut
/// off, parsing continues there. Pure; an incomplete record is left for the next time.
public final class JournalParser {
  /// Longest record in bytes. Asterisk's own are under 4 KiB but for a user event with a long text.
  public static final int MAX_RECORD = 32 * 1024;

  private static final int COLUMNS = 16;
  private static final byte[] BEGIN = "\"T1\",\"".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern TIME = Pattern.compile("([0-9]{9,10})\\.([0-9]{6})");
  private static final Pattern LINKED_ID = Pattern.compile("\\P{Cntrl}{1,200}");

  /// The content of the bytes.
  ///
  /// @param consumed how many bytes are done
  public record Parsed(List<JournalEvent> events, List<Reject> rejects, int consumed) {}

  /// Bytes that are not a record.
  ///
  /// @param position where they start in the parsed bytes
  public record Reject(int position, String raw, String reason) {}

  private final byte[] bytes;
  private final int length;
  private final boolean closed;
  private final List<JournalEvent> events = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();

  private JournalParser(byte[] bytes, int length, boolean closed) {
    this.bytes = bytes;
    this.length = length;
    this.closed = closed;
  }

  /// Parses the first `length` of `bytes`, which start where a record starts.
  ///
  /// @param closed whether nothing will ever be added to the file
  public static Parsed parse(byte[] bytes, int length, boolean closed) {
    return new JournalParser(bytes, length, closed).parse();
  }

  private Parsed parse() {
    int at = 0;
    boolean more = true;
    while (more && at < length) {
      int next = bytes[at] == '\n' ? at + 1 : next(at);
      more = next > at;
      at = next;
    }
    return new Parsed(events, rejects, at);
  }

  /// Parses the record at `at` and returns where the next one starts, or `at` if more bytes are
  /// needed.
  private int next(int at) {
    Scan scan = scan(at);
    return switch (scan.state) {
      case COMPLETE -> take(at, scan);
      case CUT -> {
        boolean waits = !closed && length - at <= MAX_RECORD;
        yield waits ? at : resynchronise(at, "not ended");
      }
      case BROKEN -> resynchronise(at, "not quoted as it should be");
    };
  }

  private int take(int at, Scan scan) {
    Optional<JournalEvent> event = event(scan.fields);
    event.ifPresent(events::add);
    return event.isPresent() ? scan.end : rejectRecord(at, scan.end, "not the columns expected");
  }

  /// Rejects up to the next line that starts like a record.
  private int resynchronise(int at, String reason) {
    int line = nextRecordLine(at + 1);
    boolean found = line < length;
    if (!found && !closed && length - at <= MAX_RECORD) {
      return at;
    }
    // if none is found, the last bytes may be the first of such a line
    int end = found || closed ? line : length - BEGIN.length;
    return rejectRecord(at, end, reason);
  }

  private int rejectRecord(int at, int end, String reason) {
    int glued = gluedRecord(at, end);
    reject(at, glued, reason);
    return glued == end ? end : next(glued);
  }

  /// A crash may have cut a record in the middle of its line, directly followed by the next one.
  /// That is accepted if it has all columns, which text within a record has not.
  private int gluedRecord(int from, int end) {
    for (int at = from + 1; at < end; at++) {
      if (begins(at)) {
        Scan scan = scan(at);
        if (scan.state == State.COMPLETE && event(scan.fields).isPresent()) {
          return at;
        }
      }
    }
    return end;
  }

  private int nextRecordLine(int from) {
    for (int at = from; at < length; at++) {
      if (bytes[at - 1] == '\n' && begins(at)) {
        return at;
      }
    }
    return length;
  }

  private boolean begins(int at) {
    if (at + BEGIN.length > length) {
      return false;
    }
    for (int i = 0; i < BEGIN.length; i++) {
      if (bytes[at + i] != BEGIN[i]) {
        return false;
      }
    }
    return true;
  }

  private void reject(int from, int to, String reason) {
    int shown = Math.min(to - from, MAX_RECORD);
    rejects.add(new Reject(from, text(from, from + shown), reason));
  }

  private enum State {
    COMPLETE,
    CUT,
    BROKEN
  }

  /// @param end where the next record starts, for a complete one
  private record Scan(State state, List<String> fields, int end) {
    static Scan of(State state) {
      return new Scan(state, List.of(), 0);
    }
  }

  /// Reads quoted fields to the end of the record.
  private Scan scan(int from) {
    List<String> fields = new ArrayList<>(COLUMNS);
    int limit = Math.min(length, from + MAX_RECORD);
    int at = from;
    while (at < limit) {
      if (bytes[at] != '"' || fields.size() == COLUMNS) {
        return Scan.of(State.BROKEN);
      }
      int quote = closingQuote(at + 1, limit);
      if (quote + 1 >= limit) {
        break;
      }
      fields.add(unquoted(at + 1, quote));
      if (bytes[quote + 1] == '\n') {
        return new Scan(State.COMPLETE, fields, quote + 2);
      }
      if (bytes[quote + 1] != ',') {
        return Scan.of(State.BROKEN);
      }
      at = quote + 2;
    }
    return Scan.of(limit == length ? State.CUT : State.BROKEN);
  }

  /// The position of the quote that ends the field, `limit` if there is none.
  private int closingQuote(int from, int limit) {
    int at = from;
    while (at < limit) {
      if (bytes[at] != '"') {
        at++;
      } else if (at + 1 < limit && bytes[at + 1] == '"') {
        at += 2;
      } else {
        return at;
      }
    }
    return limit;
  }

  private String unquoted(int from, int to) {
    String text = text(from, to);
    return text.indexOf('"') < 0 ? text : text.replace("\"\"", "\"");
  }

  /// PostgreSQL's text cannot contain NUL.
  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }

  private static Optional<JournalEvent> event(List<String> column) {
    if (column.size() != COLUMNS || !column.getFirst().equals("T1")) {
      return Optional.empty();
    }
    var time = TIME.matcher(column.get(1));
    String type = column.get(2).equals("USER_DEFINED") ? column.get(3) : column.get(2);
    if (!time.matches() || type.isEmpty() || !LINKED_ID.matcher(column.get(13)).matches()) {
      return Optional.empty();
    }
    Instant at =
        Instant.ofEpochSecond(Long.parseLong(time.group(1)), Long.parseLong(time.group(2)) * 1_000);
    String application = column.get(9);
    return Optional.of(
        new JournalEvent(
            at,
            RowType.of(type),
            column.get(8),
            column.get(12),
            column.get(13),
            column.get(4),
            column.get(5),
            column.get(6),
            column.get(7),
            application,
            // the data of a user event is a copy of its text
            application.equals("CELGenUserEvent") ? "" : column.get(10),
            column.get(11),
            column.get(14),
            column.get(15)));
  }
}
