package io.tamas.asterisk.ari;

import java.time.Instant;

/// The connected Asterisk.
///
/// @param startedAt when this process of Asterisk started: another time means that it restarted
/// @param version such as `22.10.1`
/// @param restarted whether it is another process than at the previous connection
/// @param connectedAt by the clock of Tamas
public record AriPeer(Instant startedAt, String version, boolean restarted, Instant connectedAt) {}
