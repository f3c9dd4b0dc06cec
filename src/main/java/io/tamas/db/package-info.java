/// PostgreSQL: the pool, transactions with a deadline, the migrations, and faults that say whether
/// a retry can help.
///
/// Without PostgreSQL every wait here ends by its deadline with a retryable [DatabaseFault]; the
/// pool reconnects by itself. Knows no feature.
@NullMarked
package io.tamas.db;

import org.jspecify.annotations.NullMarked;
