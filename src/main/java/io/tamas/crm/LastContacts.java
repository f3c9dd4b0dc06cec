package io.tamas.crm;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// When the last conversation with profiles was, for the ranking of those that share a number.
public final class LastContacts {
  private static final String CONTACTED =
      """
      with recursive given (profile, at) as (
        select * from unnest($1::bigint[], $2::timestamptz[])
        union all
        select m.merged_into, g.at from given g join profile_merge m on m.profile = g.profile
      ), wanted as (
        select p.id, c.at
        from (select profile, max(at) as at from given group by profile) as c
        join profile p on p.id = c.profile
        where p.last_contact is null or p.last_contact < c.at
        order by p.id
        for update of p
      )
      update profile p set last_contact = wanted.at from wanted where p.id = wanted.id
      """;

  private LastContacts() {}

  /// Stores them as a part of the transaction that stores the calls. May be repeated.
  public static Future<Void> store(SqlConnection tx, Map<Long, Instant> lastContacts) {
    if (lastContacts.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Map.Entry<Long, Instant>> contacts = List.copyOf(lastContacts.entrySet());
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfLong(contacts.stream().map(Map.Entry::getKey).toArray(Long[]::new))
            .addArrayOfOffsetDateTime(
                contacts.stream()
                    .map(contact -> contact.getValue().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new));
    return tx.preparedQuery(CONTACTED).execute(parameters).mapEmpty();
  }
}
