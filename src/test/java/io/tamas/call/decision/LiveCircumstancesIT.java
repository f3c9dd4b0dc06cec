package io.tamas.call.decision;

import static io.tamas.call.decision.OutboundUsageTest.admitted;
import static io.tamas.call.fold.CallFoldChargeTest.charge;
import static io.tamas.call.fold.CallFoldChargeTest.out;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.fold.Story;
import io.tamas.call.history.Calls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallRecord;
import io.tamas.call.state.ExtensionStates;
import io.tamas.company.Company.Limits;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Admission;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LiveCircumstancesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(LiveCircumstancesIT.class);
  private static final Config.Database NOWHERE =
      new Config.Database(
          CONFIG.url().replaceFirst(":[0-9]+/", ":1/"),
          CONFIG.user(),
          CONFIG.password(),
          1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final String ID = "main-1795225666.0";
  private static final String BABAK = "+989350000001";
  private static final ExtensionNumber LEILA = new ExtensionNumber("101");
  private static final Limits LIMITS = new Limits(Set.of(), 2, Optional.of(Duration.ofHours(1)));
  private static final Duration TALK = Duration.ofMinutes(20);
  private static final Instant LATER = Story.BEGIN.plus(Duration.ofHours(2));

  private final LiveCircumstances circumstances =
      new LiveCircumstances(
          new ExtensionStates(DATABASE, new SimpleMeterRegistry()),
          new LiveCalls(DATABASE, "main", new SimpleMeterRegistry()),
          new Random(1),
          _ -> Optional.empty());

  @AfterAll
  static void close() throws TimeoutException {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void usageFromBeforeTheStartCountsOnceItCanBeLoaded() throws TimeoutException {
    DATABASE.inTransaction(tx -> tx.await(Future.all(Calls.save(tx, List.of(called())))));
    Database unavailable = new Database(VERTX, NOWHERE);
    assertFalse(circumstances.restore(new Calls(unavailable, new SimpleMeterRegistry()), LATER));
    unavailable.close().await(5, TimeUnit.SECONDS);
    assertEquals(admitted(Duration.ofMinutes(30)), admission());

    assertTrue(circumstances.restore(new Calls(DATABASE, new SimpleMeterRegistry()), LATER));
    assertEquals(admitted(Duration.ofMinutes(20)), admission());
    assertTrue(circumstances.restore(new Calls(DATABASE, new SimpleMeterRegistry()), LATER));
    assertEquals(admitted(Duration.ofMinutes(20)), admission());
  }

  private Admission admission() {
    return circumstances
        .readOnly()
        .admit(OutboundUsageTest.request("main-2.0", "main-2.0", LATER), LEILA, LIMITS);
  }

  private static CallRecord called() {
    return Story.of(ID)
        .from("101", "101", "Leila")
        .decided(out("101", BABAK, charge("101", ID)))
        .dials("PJSIP/09350000001@trunk-a,120")
        .rings("trunk-a")
        .answers("trunk-a")
        .after(TALK.toMillis())
        .callerHangsUp()
        .phoneEnds("trunk-a", 16, "")
        .ends()
        .record();
  }
}
