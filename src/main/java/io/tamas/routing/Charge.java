package io.tamas.routing;

import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// By whose rules and limits somebody outside is called.
///
/// @param payer the extension that calls, forwards or hands on
/// @param channel Asterisk's unique id of the channel that asked: when it asks again, it has left
///   whom it called before
/// @param at when it was admitted; with the channel, this tells it from all others
/// @param longest how long it may last, from the answer on; absent: no limit
public record Charge(
    ExtensionNumber payer, String channel, Instant at, Optional<Duration> longest) {

  public static Charge of(CallContext call, ExtensionNumber payer, Optional<Duration> longest) {
    return new Charge(payer, call.channel(), call.at(), longest);
  }
}
