/// The FastAGI server that the dialplan asks for decisions.
///
/// Promises: a peer that is not allowed or not in time, that breaks the protocol or for which there
/// is no room costs nothing but its own session; the dialplan then falls back. Nothing that a peer
/// sends chooses code other than by the exact name of a script, and no value that is sent can
/// become a second command. Each byte received is either needed at once or ends the session, so
/// nothing is queued.
///
/// Needs nothing beside the socket: it works without PostgreSQL, ARI and disk. Knows no feature.
@NullMarked
package io.tamas.asterisk.agi;

import org.jspecify.annotations.NullMarked;
