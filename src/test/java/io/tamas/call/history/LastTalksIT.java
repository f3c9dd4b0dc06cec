package io.tamas.call.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.history.LastTalks.Talk;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LastTalksIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(LastTalksIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final LastTalks TALKS = new LastTalks(DATABASE);
  private static final PhoneNumber BUSY = new PhoneNumber("+982188000000");

  /// A caller with very many calls, most of which nobody answered.
  private static final String MANY =
      """
      insert into call_party (party, started_at, call_id, direction, status)
      select case when n % 10 = 0 then 'number:+9821880' || lpad((n % 3000)::text, 5, '0')
          else 'number:+982188000000' end,
        timestamptz '2026-01-01' + n * interval '1 minute', 'many-' || n, 'INBOUND',
        case when n % 50 = 0 then 'ANSWERED' else 'MISSED' end
      from generate_series(1, 60000) n
      """;

  @BeforeAll
  static void store() {
    DATABASE.await(DATABASE.pool().query(MANY).execute());
    DATABASE.await(DATABASE.pool().query("analyze call_party").execute());
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void afterATransferItIsTheOneWhoHadTheCallThen() {
    CallRecord call = CallFold.fold(CapturedJournals.rows("moves/blind")).orElseThrow();
    Optional<Talk> talk = LastTalks.talk(call);
    assertEquals(
        call.outcome().lastParty(), talk.map(one -> one.extension().digits()), call::toString);
  }

  @Test
  void aCallThatNobodyAnsweredIsNoTalk() {
    CallRecord call = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    assertEquals(Optional.empty(), LastTalks.talk(call));
  }

  @Test
  void itIsFoundByTheNumberAndByTheProfileWithinTheTime() throws Exception {
    CallRecord call = CallFold.fold(CapturedJournals.rows("answered")).orElseThrow();
    DATABASE.inTransaction(tx -> {
      Calls.save(tx, List.of(call)).forEach(tx::await);
      return call;
    });
    PhoneNumber caller = new PhoneNumber(call.who().caller());
    Instant began = call.when().startedAt();
    Optional<Talk> expected =
        Optional.of(
            new Talk(new ExtensionNumber(call.outcome().answeredBy().orElseThrow()), began));
    assertEquals(expected, last(caller, Optional.empty(), began.minusSeconds(1)));
    assertEquals(Optional.empty(), last(caller, Optional.empty(), began));
    PhoneNumber other = new PhoneNumber("+989129999999");
    assertEquals(Optional.empty(), last(other, Optional.of(4711L), began.minusSeconds(1)));
  }

  @Test
  void theNewestIsReadFromTheIndexHoweverManyThereAre() {
    Tuple parameters =
        LastTalks.parameters(BUSY, Optional.empty(), Instant.parse("2026-01-01T00:00:00Z"));
    StringBuilder plan = new StringBuilder();
    for (Row row :
        DATABASE.await(
            DATABASE
                .pool()
                .preparedQuery("explain (costs off) " + LastTalks.QUERY)
                .execute(parameters))) {
      plan.append(row.getString(0)).append('\n');
    }
    assertTrue(plan.toString().contains("Scan Backward using call_party_pkey"), plan::toString);
    assertFalse(plan.toString().contains("Scan on call_party"), plan::toString);
    assertEquals("number:" + BUSY.e164(), CallParties.ofNumber(BUSY.e164()));
  }

  private static Optional<Talk> last(PhoneNumber number, Optional<Long> profile, Instant since)
      throws Exception {
    return TALKS.with(number, profile, since).await(10, TimeUnit.SECONDS);
  }
}
