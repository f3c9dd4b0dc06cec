package io.tamas.cli;

import io.tamas.cli.phone.OutsideCaller;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sip.SipException;

/// Talks for a while once somebody answered, then has the caller hang up.
record Conversation(Timeline timeline, Duration talk) {

  /// Returns at once; the conversation goes on beside.
  void hold(OutsideCaller caller) {
    caller
        .answered()
        .thenAcceptAsync(
            answered -> {
              if (answered) {
                hangUp(caller);
              }
            },
            CompletableFuture.delayedExecutor(talk.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void hangUp(OutsideCaller caller) {
    try {
      timeline.tell("caller: hangs up");
      caller.hangUp();
    } catch (SipException e) {
      timeline.tell("caller: could not hang up: " + e.getMessage());
    }
  }
}
