/// The FastAGI server from which the dialplan requests decisions.
///
/// Promises: a peer that is not allowed, misses a deadline, breaks the protocol or exceeds a limit
/// affects only its own session; the dialplan then falls back. A peer selects code only by the
/// exact name of a script, and no value that is sent can become a second command. Each byte
/// received is either needed at once or ends the session, so nothing is queued.
///
/// Needs only the socket: it works without PostgreSQL, ARI and disk. Knows no feature.
@NullMarked
package io.tamas.asterisk.agi;

import org.jspecify.annotations.NullMarked;
