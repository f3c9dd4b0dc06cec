package io.tamas.audit;

import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/// A row of the log.
///
/// @param actor `user:` and a name, `key:` and a name, `extension:` and a number, `server` or
///   `command`; empty: nobody known
/// @param session of a user
/// @param before JSON
/// @param after JSON
record Entry(
    long id,
    Instant at,
    String actor,
    Optional<String> address,
    Optional<Long> session,
    String operation,
    String kind,
    String subject,
    String action,
    Optional<String> before,
    Optional<String> after) {

  static final String COLUMNS =
      "a.id, a.at, a.actor, a.address, a.session, a.operation, a.kind, a.subject, a.action,"
          + " a.before::text as before, a.after::text as after";

  static Entry of(Row row) {
    return new Entry(
        row.getLong("id"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor"),
        Optional.ofNullable(row.getString("address")),
        Optional.ofNullable(row.getLong("session")),
        row.getString("operation"),
        row.getString("kind"),
        row.getString("subject"),
        row.getString("action"),
        Optional.ofNullable(row.getString("before")),
        Optional.ofNullable(row.getString("after")));
  }

  /// The hash of its link: SHA-256 over that of the link before and each of its values, each with
  /// its length, so that none can take from another.
  byte[] link(byte[] before) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before);
      values().forEach(value -> add(digest, value));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Stream<Optional<String>> values() {
    return Stream.of(
        Optional.of(Long.toString(id)),
        Optional.of(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at))),
        Optional.of(actor),
        address,
        session.map(number -> Long.toString(number)),
        Optional.of(operation),
        Optional.of(kind),
        Optional.of(subject),
        Optional.of(action),
        before,
        after);
  }

  private static void add(MessageDigest digest, Optional<String> value) {
    byte[] bytes = value.orElse("").getBytes(StandardCharsets.UTF_8);
    int length = value.isPresent() ? bytes.length : -1;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    digest.update(bytes);
  }
}
