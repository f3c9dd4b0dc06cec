package io.tamas.audit;

import io.tamas.db.Database;
import io.tamas.seal.Seal;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Looks for what somebody has changed in the log, past Tamas. What the whole chain would hide,
/// made anew from some row on to its end, is found by comparing the last hash with one that was
/// noted elsewhere.
public final class ChainCheck {
  private static final int AT_A_TIME = 1_000;

  private static final String ENDS =
      """
      select h.position as last, h.hash as last_hash, n.position as first, n.hash as first_hash,
             n.seal
      from audit_head h, audit_anchor n
      """;

  private static final String LINKS =
      "select l.position, l.entry, l.hash, "
          + Entry.COLUMNS
          + " from audit_link l left join audit a on a.id = l.entry"
          + " where l.position > $1 and l.position <= $2 order by l.position limit $3";

  /// Each question finds one that should not be there, or is not.
  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "select l.position from audit_link l, audit_head h where l.position > h.position limit 1",
              "link %d was put in behind the end of the chain"),
          new Question(
              """
              select a.id from audit a
              where not exists (select from audit_link l where l.entry = a.id)
                and not exists (select from audit_waiting w where w.id = a.id)
              order by a.id limit 1
              """,
              "row %d was put in past Tamas"),
          new Question(
              """
              select w.id from audit_waiting w
              where not exists (select from audit a where a.id = w.id) order by w.id limit 1
              """,
              "row %d was removed before it was linked"),
          new Question(
              """
              select w.id from audit_waiting w
              where exists (select from audit_link l where l.entry = w.id) order by w.id limit 1
              """,
              "row %d waits and is linked"));

  private final Database database;
  private final AnchorSeal seal;

  private record Question(String sql, String words) {}

  /// @param links that were followed
  /// @param hash of the last one, in hexadecimal
  /// @param broken where the chain does not hold
  public record Result(long links, String hash, Optional<String> broken) {}

  /// @param seal with the key of the instance; without one it is not known who cut the log off
  public ChainCheck(Database database, Optional<Seal> seal) {
    this.database = database;
    this.seal = new AnchorSeal(seal);
  }

  /// Whether the place where the chain begins is known to be that where Tamas has cut it off.
  boolean beginsWhereItWasCut() {
    return seal.fault(query(ENDS, Tuple.tuple()).iterator().next()).isEmpty();
  }

  /// Follows the chain from its beginning to its present end.
  public Result run() {
    Row ends = query(ENDS, Tuple.tuple()).iterator().next();
    long last = ends.getLong("last");
    long position = ends.getLong("first");
    byte[] hash = ends.getBuffer("first_hash").getBytes();
    Optional<String> moved = seal.fault(ends);
    if (moved.isPresent()) {
      return new Result(0, hex(hash), moved);
    }
    long followed = 0;
    while (position < last) {
      RowSet<Row> links = query(LINKS, Tuple.of(position, last, AT_A_TIME));
      for (Row link : links) {
        Optional<String> broken = broken(link, position + 1, hash);
        if (broken.isPresent()) {
          return new Result(followed, hex(hash), broken);
        }
        position++;
        followed++;
        hash = link.getBuffer("hash").getBytes();
      }
      if (links.size() == 0) {
        return new Result(
            followed, hex(hash), Optional.of("link " + (position + 1) + " is missing"));
      }
    }
    Optional<String> broken =
        Arrays.equals(hash, ends.getBuffer("last_hash").getBytes())
            ? others()
            : Optional.of("the end of the chain, at link " + last + ", was changed");
    return new Result(followed, hex(hash), broken);
  }

  private static Optional<String> broken(Row link, long expected, byte[] before) {
    long position = link.getLong("position");
    long entry = link.getLong("entry");
    if (position != expected) {
      return Optional.of("link " + expected + " is missing");
    }
    if (link.getLong("id") == null) {
      return Optional.of("row " + entry + " was removed, at link " + position);
    }
    Buffer hash = Buffer.buffer(Entry.of(link).link(before));
    return hash.equals(link.getBuffer("hash"))
        ? Optional.empty()
        : Optional.of("row " + entry + " or its link was changed, at link " + position);
  }

  private Optional<String> others() {
    return QUESTIONS.stream()
        .flatMap(question ->
            query(question.sql(), Tuple.tuple()).stream()
                .map(row -> question.words().formatted(row.getLong(0))))
        .findFirst();
  }

  private RowSet<Row> query(String sql, Tuple values) {
    return database.await(database.pool().preparedQuery(sql).execute(values));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
