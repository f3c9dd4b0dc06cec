package io.tamas.undo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.web.Act;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Where what is deleted lies until it is brought back or its time is over.
public final class Trash {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 32;

  private static final String OPEN =
      """
      insert into trash (hash, kind, subject, actor, operation, facts, until)
      values ($1, $2, $3, $4, $5, $6::text::jsonb, now() + interval '10 minutes')
      returning id, until
      """;

  private static final String TAKE =
      """
      select id, kind, subject, actor, operation, facts::text
      from trash where hash = $1 and until > now() for update
      """;

  /// Row by row, of whichever entry.
  private static final String MOVE =
      """
      update trash_row set content = jsonb_set(content, array[$2], to_jsonb($4::bigint))
      where origin = $1 and content -> $2 = to_jsonb($3::bigint)
      """;

  private static final String MOVE_ALL = MOVE + " returning (content ->> 'id')::bigint as id";

  private static final String MOVE_SOME = MOVE + " and (content ->> 'id')::bigint = any($5)";

  private static final String DISOWN =
      "update trash set actor = actor || ' (deleted)' where actor = $1";

  private static final String CLOSE = "delete from trash where id = $1";

  private Trash() {}

  /// Begins an entry, in the transaction of the deletion and before it; the answer of the request
  /// offers to undo it.
  ///
  /// @param subject what is deleted, such as `profile:17`
  /// @param facts that its [Undoable] wants to know besides the rows; written as JSON
  public static Entry open(Transaction tx, String kind, String subject, Object facts) {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Act act = Act.current();
    String json = Json.write(facts);
    Tuple values = Tuple.of(hash(id), kind, subject, act.actor(), act.operation()).addString(json);
    Row row = tx.execute(OPEN, values).iterator().next();
    act.offer(new Act.Undo(id, row.getOffsetDateTime("until").toInstant()));
    return new Entry(
        row.getLong("id"),
        kind,
        subject,
        act.actor(),
        act.operation(),
        Json.read(json, JsonNode.class));
  }

  /// The entry that an id brings back, which nobody else has meanwhile.
  static Optional<Entry> take(Transaction tx, String id) {
    return tx.execute(TAKE, Tuple.of(hash(id))).stream()
        .findFirst()
        .map(row ->
            new Entry(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("actor"),
                row.getString("operation"),
                Json.read(row.getString("facts"), JsonNode.class)));
  }

  /// What lies in the trash refers to something else from now on.
  ///
  /// @return the ids of these rows
  public static List<Long> move(Transaction tx, String table, String column, long from, long to) {
    return tx.execute(MOVE_ALL, Tuple.of(table, column, from, to)).stream()
        .map(row -> row.getLong("id"))
        .toList();
  }

  /// @param ids of the rows
  public static void moveBack(
      Transaction tx, String table, String column, List<Long> ids, long from, long to) {
    Tuple values = Tuple.of(table, column, from, to).addArrayOfLong(ids.toArray(Long[]::new));
    tx.execute(MOVE_SOME, values);
  }

  /// What somebody has deleted who is no more: nobody of the same name brings it back.
  public static void disown(Transaction tx, String actor) {
    tx.execute(DISOWN, Tuple.of(actor));
  }

  static void close(Transaction tx, Entry entry) {
    tx.execute(CLOSE, Tuple.of(entry.id()));
  }

  private static Buffer hash(String id) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Buffer.buffer(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// What was deleted by one request.
  ///
  /// @param actor who has deleted it
  /// @param operation by which
  public record Entry(
      long id, String kind, String subject, String actor, String operation, JsonNode facts) {

    /// Keeps rows as they are, before they are deleted.
    ///
    /// @param where which, of the table as `t`, by the value `$2`
    public Entry keep(Transaction tx, String table, String where, Object value) {
      String sql =
          "insert into trash_row (trash, origin, content) select $1, '%1$s', to_jsonb(t) from %1$s t where %2$s"
              .formatted(table, where);
      tx.execute(sql, Tuple.of(id, value));
      return this;
    }

    /// Brings rows back.
    public void bringBack(Transaction tx, String table) {
      bringBack(tx, table, "true");
    }

    /// @param where which, of the rows as `r`
    public void bringBack(Transaction tx, String table, String where) {
      String sql =
          """
          insert into %1$s overriding system value
          select r.* from trash_row k, jsonb_populate_record(null::%1$s, k.content) r
          where k.trash = $1 and k.origin = '%1$s' and %2$s
          order by k.position
          """
              .formatted(table, where);
      tx.execute(sql, Tuple.of(id));
    }
  }
}
