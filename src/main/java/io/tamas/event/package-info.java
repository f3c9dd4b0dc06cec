/// Events for the world outside: the outbox that gives each an id, and the WebSocket that hands
/// them on.
///
/// An event is appended in the transaction of the change that it tells, so neither exists without
/// the other.
@NullMarked
package io.tamas.event;

import org.jspecify.annotations.NullMarked;
