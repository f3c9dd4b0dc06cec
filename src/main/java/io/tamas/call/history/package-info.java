/// The records of ended calls in PostgreSQL: stored, found, searched page by page.
///
/// Each filter reads its page from an index, however many calls there are. Methods wait for
/// PostgreSQL; without it they throw [io.tamas.db.DatabaseFault].
@NullMarked
package io.tamas.call.history;

import org.jspecify.annotations.NullMarked;
