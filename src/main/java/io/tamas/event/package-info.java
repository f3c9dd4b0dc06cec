/// Events for clients: the outbox that assigns each an id, and the WebSocket that publishes them.
///
/// An event is appended in the transaction of the change that it announces, so neither exists
/// without the other.
@NullMarked
package io.tamas.event;

import org.jspecify.annotations.NullMarked;
