package io.tamas.audit;

import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.web.Act;
import io.tamas.web.Principal;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.Optional;

/// Writes the log, in the transactions of the changes.
public final class Audit {
  /// With the row it waits to be linked.
  static final String INSERT =
      """
      with entry as (
        insert into audit (actor, address, session, operation, kind, subject, action, before, after)
        values ($1, $2, $3, $4, $5, $6, $7, $8::text::json, $9::text::json)
        returning id
      )
      insert into audit_waiting (id) select id from entry
      """;

  private Audit() {}

  /// What is done to something.
  public enum Action {
    CREATED,
    UPDATED,
    DELETED,
    /// Brought back.
    RESTORED,
    /// All of it was replaced.
    REPLACED,
    /// A password or a secret was set, which is not in the log.
    SECRET,
    /// All sessions of a user, or one of them, ended.
    ENDED,
    SIGNED_IN,
    RENAMED,
    /// One took the place of another.
    MERGED,
    /// Parts of audio were requested, as players do.
    LISTENED,
    /// Audio was requested completely.
    DOWNLOADED,
    HEARD,
    UNHEARD,
    /// Somebody wanted what they may not have.
    REFUSED;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// One change.
  ///
  /// @param kind of the subject, such as `extension`
  /// @param name of the subject within its kind
  /// @param before the state or a part of it, written as JSON; without secrets
  /// @param after the same
  public record Change(
      String kind, String name, Action action, Optional<Object> before, Optional<Object> after) {
    public static Change of(String kind, Object name, Action action) {
      return new Change(kind, name.toString(), action, Optional.empty(), Optional.empty());
    }

    public Change before(Object state) {
      return new Change(kind, name, action, Optional.of(state), after);
    }

    public Change after(Object state) {
      return new Change(kind, name, action, before, Optional.of(state));
    }
  }

  /// Notes a change of whoever acts now ([Act]).
  public static void record(Transaction tx, Change change) {
    tx.execute(INSERT, row(Act.current(), change));
  }

  static Tuple row(Act act, Change change) {
    return Tuple.tuple()
        .addString(act.actor())
        .addString(act.address().orElse(null))
        .addLong(act.principal().flatMap(Principal::user).map(Principal.User::session).orElse(null))
        .addString(act.operation())
        .addString(change.kind())
        .addString(change.kind() + ":" + change.name())
        .addString(change.action().text())
        .addString(change.before().map(Json::write).orElse(null))
        .addString(change.after().map(Json::write).orElse(null));
  }
}
