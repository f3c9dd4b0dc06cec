package io.tamas.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReceiverTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final Receiver receiver = new Receiver("crm", Duration.ofSeconds(1));

  @Test
  void oneCallThatIsNeverAcceptedIsNoTrouble() {
    for (int i = 0; i < 20; i++) {
      end("call:a", failed(500), NOW);
    }
    assertFalse(receiver.isTroubled());
    assertFalse(receiver.isPaused(NOW));
    end("call:b", failed(500), NOW);
    assertFalse(receiver.isTroubled());
    end("call:c", failed(500), NOW);
    assertTrue(receiver.isTroubled());
    assertTrue(receiver.isPaused(NOW.plusMillis(999)));
    assertFalse(receiver.isPaused(NOW.plusSeconds(1)));
    end("call:d", new Outcome.Delivered(204), NOW);
    assertFalse(receiver.isTroubled());
    assertTrue(receiver.isIdle());
  }

  @Test
  void receiverThatAsksForLessIsLeftAlone() {
    Outcome overload =
        new Outcome.Failed(Optional.of(429), "busy", Optional.of(Duration.ofMinutes(1)));
    end("call:a", overload, NOW);
    assertTrue(receiver.isPaused(NOW.plusSeconds(59)));
    assertFalse(receiver.isPaused(NOW.plusSeconds(60)));
  }

  @Test
  void receiverThatComesAndGoesDoesNotFillTheLog() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger log = (Logger) LoggerFactory.getLogger(Receiver.class);
    log.addAppender(lines);
    try {
      for (int second = 0; second < 3_600; second++) {
        end("call:" + second, failed(500), NOW.plusSeconds(second));
        end("call:" + second, new Outcome.Delivered(200), NOW.plusSeconds(second));
      }
    } finally {
      log.detachAppender(lines);
    }
    assertEquals(12, lines.list.size());
  }

  private void end(String chain, Outcome outcome, Instant at) {
    receiver.began();
    Attempt attempt = new Attempt(1, 1, chain, 0, at);
    Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(3));
    receiver.ended(Settlement.of(attempt, outcome, at, backoff, 0.5));
  }

  private static Outcome failed(int status) {
    return new Outcome.Failed(Optional.of(status), "HTTP " + status, Optional.empty());
  }
}
