package io.tamas.call.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.fold.Story;
import io.tamas.call.record.CallRecord;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveCallsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(LiveCallsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final CallRecord CALL = Story.ringing101("main-1795225000.1").record();

  private final LiveCalls live = new LiveCalls(DATABASE, "main", new SimpleMeterRegistry());

  @BeforeEach
  void forget() {
    DATABASE.await(DATABASE.pool().query("delete from live_call").execute());
  }

  @AfterAll
  static void close() throws TimeoutException {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void committedCallIsListedOnceTheCopyShowsIt() throws Exception {
    live.restore();
    DATABASE.inTransaction(tx -> tx.await(live.save(tx, List.of(CALL))));
    assertEquals(List.of(), live.list());
    var listed = CompletableFuture.supplyAsync(live::listCommitted);
    assertFalse(listed.isDone());

    live.show(List.of(CALL), List.of());
    assertEquals(List.of(CALL), listed.get(5, TimeUnit.SECONDS));
    assertEquals(List.of(CALL), live.listCommitted());
  }

  @Test
  void beforeTheFirstRestoreCallsAreListedAfterIt() throws Exception {
    DATABASE.inTransaction(tx -> tx.await(live.save(tx, List.of(CALL))));
    LiveCalls restarted = new LiveCalls(DATABASE, "main", new SimpleMeterRegistry());
    var listed = CompletableFuture.supplyAsync(restarted::listCommitted);
    restarted.restore();
    assertEquals(List.of(CALL), listed.get(5, TimeUnit.SECONDS));
  }

  @Test
  void anUnknownCommitHoldsUpTheListForASecondAtMost() throws Exception {
    live.restore();
    DATABASE.inTransaction(tx -> tx.await(live.save(tx, List.of(CALL))));
    assertTrue(
        CompletableFuture.supplyAsync(live::listCommitted).get(5, TimeUnit.SECONDS).isEmpty());
  }
}
