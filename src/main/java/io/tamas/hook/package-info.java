/// Webhooks: events as requests to servers that administrators name.
///
/// Each event that a webhook wants becomes a row, in the order of ids; the rows of one call (or of
/// what else the event is about) are sent one after the other, those of others beside them. A row
/// is sent until it is accepted, for three days, so it may be sent twice: its id, that of the
/// event, is the same each time. Without PostgreSQL nothing is sent, and nothing is lost.
@NullMarked
package io.tamas.hook;

import org.jspecify.annotations.NullMarked;
