package io.tamas.asterisk.ari;

import java.time.Instant;

/// An event of Asterisk, as far as Tamas uses it.
public sealed interface AriEvent {

  /// When it happened, by Asterisk's clock.
  Instant at();

  /// The state of a phone has changed (`DeviceStateChanged`).
  ///
  /// @param device such as `PJSIP/101`
  /// @param state such as `NOT_INUSE`
  record DeviceState(Instant at, String device, String state) implements AriEvent {}
}
