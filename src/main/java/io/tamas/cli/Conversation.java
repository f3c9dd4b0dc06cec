package io.tamas.cli;

import io.tamas.cli.phone.ExternalCaller;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sip.SipException;

/// Lets the caller hang up a while after the call was answered.
record Conversation(Timeline timeline, Duration talk) {

  /// Returns at once; the conversation continues in the background.
  void hold(ExternalCaller caller) {
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

  private void hangUp(ExternalCaller caller) {
    try {
      timeline.print("caller: hangs up");
      caller.hangUp();
    } catch (SipException e) {
      timeline.print("caller: could not hang up: " + e.getMessage());
    }
  }
}
