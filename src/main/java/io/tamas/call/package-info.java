/// Calls. Each part of them has a room below; here the parts are joined: the journal's rows become
/// records, live calls, recordings and events in one transaction.
///
/// Promises one record for each call, recomputable from the journal at any time, and each event
/// once in the outbox, in order within each call.
@NullMarked
package io.tamas.call;

import org.jspecify.annotations.NullMarked;
