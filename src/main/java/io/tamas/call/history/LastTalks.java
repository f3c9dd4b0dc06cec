package io.tamas.call.history;

import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.db.Database;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Routed.Direction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which extension talked with an external party last, by the records of ended calls.
public final class LastTalks {
  /// In the order of the index, and planned for this party: one with millions of calls is read from
  /// its newest on. Some answered calls are no talk with an extension, such as those that were
  /// forwarded outside.
  static final String QUERY =
      Database.PLANNED_EACH_TIME
          + """
          select c.record::text from (
            (select started_at, call_id from call_party
             where party = $1 and started_at > $3 and status = 'ANSWERED'
             order by started_at desc, call_id desc limit 5)
            union
            (select started_at, call_id from call_party
             where party = $2 and started_at > $3 and status = 'ANSWERED'
             order by started_at desc, call_id desc limit 5)) p
          join call c on c.started_at = p.started_at and c.id = p.call_id
          """;

  private final Database database;

  public LastTalks(Database database) {
    this.database = database;
  }

  /// @param at when the call began
  public record Talk(ExtensionNumber extension, Instant at) {}

  /// Does not wait.
  ///
  /// @param profile of the party, whose other numbers count too
  /// @param since earlier calls are not looked at
  public Future<Optional<Talk>> with(PhoneNumber number, Optional<Long> profile, Instant since) {
    return database
        .pool()
        .preparedQuery(QUERY)
        .execute(parameters(number, profile, since))
        .map(LastTalks::newest);
  }

  static Tuple parameters(PhoneNumber number, Optional<Long> profile, Instant since) {
    String ofNumber = CallParties.ofNumber(number.e164());
    return Tuple.of(
        ofNumber,
        profile.map(CallParties::ofProfile).orElse(ofNumber),
        since.atOffset(ZoneOffset.UTC));
  }

  private static Optional<Talk> newest(RowSet<Row> rows) {
    return rows.stream()
        .map(row -> Json.read(row.getString(0), CallRecord.class))
        .flatMap(call -> talk(call).stream())
        .max(Comparator.comparing(Talk::at));
  }

  /// Who talked at the end: after a transfer the one who had the call then.
  static Optional<Talk> talk(CallRecord call) {
    if (call.outcome().status() != Status.ANSWERED) {
      return Optional.empty();
    }
    return call.who().direction() == Direction.OUTBOUND
        ? extension(call.who().caller()).map(by -> new Talk(by, call.when().startedAt()))
        : lastOf(call).map(by -> new Talk(by, call.when().startedAt()));
  }

  private static Optional<ExtensionNumber> lastOf(CallRecord call) {
    List<Leg> talked =
        call.legs().stream()
            .filter(leg -> leg.answeredAt().isPresent() && leg.talk().isPositive())
            .filter(leg -> CallParties.isOfExtension(call, leg))
            .toList();
    return talked.stream()
        .max(Comparator.comparing(leg -> leg.answeredAt().orElseThrow()))
        .flatMap(leg -> extension(leg.party()));
  }

  private static Optional<ExtensionNumber> extension(String party) {
    return Optional.of(party).filter(ExtensionNumber::isValid).map(ExtensionNumber::new);
  }
}
