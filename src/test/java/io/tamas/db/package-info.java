/// PostgreSQL for tests.
@NullMarked
package io.tamas.db;

import org.jspecify.annotations.NullMarked;
