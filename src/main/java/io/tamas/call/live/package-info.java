/// The calls in progress and their channels, by the journal: milliseconds old, in memory, for
/// reading from any thread. Everything shown is committed.
///
/// Without PostgreSQL this shows what was committed last.
@NullMarked
package io.tamas.call.live;

import org.jspecify.annotations.NullMarked;
