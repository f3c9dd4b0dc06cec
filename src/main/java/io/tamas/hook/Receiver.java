package io.tamas.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the receiver of a webhook does, as long as this process sends to it.
final class Receiver {
  private static final Logger log = LoggerFactory.getLogger(Receiver.class);

  /// Calls, and what else events are about, that failed since the last success: one that is never
  /// accepted says nothing about the others.
  private static final int TROUBLED_AFTER = 3;

  /// A receiver that comes and goes may not fill the log.
  private static final Duration QUIET = Duration.ofMinutes(10);

  private final String name;
  private final Duration pause;
  private int inFlight;
  private final Set<String> failing = new HashSet<>();
  private Instant pausedUntil = Instant.EPOCH;
  private Instant reportedAt = Instant.EPOCH;
  private boolean isReported;

  /// @param pause between attempts while it is in trouble
  Receiver(String name, Duration pause) {
    this.name = name;
    this.pause = pause;
  }

  int inFlight() {
    return inFlight;
  }

  boolean isIdle() {
    return inFlight == 0;
  }

  boolean isTroubled() {
    return failing.size() >= TROUBLED_AFTER;
  }

  boolean isPaused(Instant now) {
    return now.isBefore(pausedUntil);
  }

  void began() {
    inFlight++;
  }

  void ended(Settlement settlement) {
    inFlight--;
    switch (settlement.outcome()) {
      case Outcome.Delivered _ -> succeeded();
      case Outcome.Failed failed -> failed(failed, settlement);
      case Outcome.Gone _, Outcome.TooLate _ -> {}
    }
  }

  private void succeeded() {
    failing.clear();
    if (isReported) {
      isReported = false;
      log.atInfo().addKeyValue("webhook", name).log("a webhook is received again");
    }
  }

  private void failed(Outcome.Failed failed, Settlement settlement) {
    if (!isTroubled()) {
      failing.add(settlement.attempt().chain());
    }
    if (isTroubled()) {
      pausedUntil = settlement.at().plus(pause);
    }
    if (failed.isOverload() && failed.retryAfter().isPresent()) {
      settlement.dueAt().ifPresent(due -> pausedUntil = due);
    }
    if (!isReported && settlement.at().isAfter(reportedAt.plus(QUIET))) {
      isReported = true;
      reportedAt = settlement.at();
      log.atWarn()
          .addKeyValue("webhook", name)
          .addKeyValue("reason", failed.reason())
          .log("a webhook is not received; tried again for 3 days");
    }
  }
}
