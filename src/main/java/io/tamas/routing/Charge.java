package io.tamas.routing;

import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Under whose rules and limits an external number is called.
///
/// @param payer the extension that calls, forwards or transfers
/// @param channel Asterisk's unique id of the requesting channel: a new request from it means that
///   its previous external leg has ended
/// @param at when it was admitted; together with the channel, this is unique
/// @param longest maximum duration from the answer on; absent: no limit
public record Charge(
    ExtensionNumber payer, String channel, Instant at, Optional<Duration> longest) {

  public static Charge of(CallContext call, ExtensionNumber payer, Optional<Duration> longest) {
    return new Charge(payer, call.channel(), call.at(), longest);
  }
}
