package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TakenPhonesTest {
  private static final ExtensionNumber PHONE = new ExtensionNumber("103");
  private static final Instant NOW = Instant.parse("2026-11-29T18:00:00Z");

  private final TakenPhones taken =
      new TakenPhones(
          new TakenPhones.Seen() {
            @Override
            public boolean isBusy(ExtensionNumber phone) {
              return busy;
            }

            @Override
            public Instant since(ExtensionNumber phone) {
              return since;
            }
          });
  private boolean busy;
  private Instant since = Instant.MIN;

  @Test
  void ofManyCallsAtOneMomentOneTakesThePhone() throws Exception {
    int calls = 50;
    CountDownLatch together = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int call = 0; call < calls; call++) {
        String id = "c-" + call;
        answers.add(
            threads.submit(() -> {
              together.await();
              return take(id, NOW);
            }));
      }
      together.countDown();
      int free = 0;
      for (Future<Boolean> answer : answers) {
        free += answer.get() ? 1 : 0;
      }
      assertEquals(1, free);
    }
  }

  @Test
  void theCallThatHasTakenItMayRingItAgain() {
    assertTrue(take("c-1", NOW));
    assertFalse(taken.isBusy("c-1", PHONE, NOW));
    assertTrue(taken.isBusy("c-2", PHONE, NOW));
    assertTrue(take("c-1", NOW));
    assertFalse(taken.isBusy("c-2", new ExtensionNumber("104"), NOW));
  }

  @Test
  void itIsFreeOnceTheCallHasEndedOrAsteriskKnows() {
    assertTrue(take("c-1", NOW));
    taken.end("c-1");
    assertTrue(take("c-2", NOW));
    assertFalse(take("c-3", NOW.plusMillis(1_999)));
    assertTrue(take("c-3", NOW.plusSeconds(2)));
    since = NOW.plusMillis(2_200);
    assertTrue(take("c-4", NOW.plusMillis(2_300)));
  }

  @Test
  void aBusyPhoneIsNotTaken() {
    busy = true;
    assertFalse(take("c-1", NOW));
    busy = false;
    assertFalse(taken.isBusy("c-2", PHONE, NOW));
  }

  private boolean take(String call, Instant at) {
    return taken.take(call, PHONE, at);
  }
}
