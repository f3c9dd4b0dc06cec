/// The calls in progress and their channels, as the journal tells: milliseconds old, in memory, for
/// reading from any thread. What is shown is committed.
///
/// Without PostgreSQL this shows what was committed last.
@NullMarked
package io.tamas.call.live;

import org.jspecify.annotations.NullMarked;
