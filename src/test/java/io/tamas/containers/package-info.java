/// Tamas in containers: needs a container engine, and says which step failed where there is none.
@NullMarked
package io.tamas.containers;

import org.jspecify.annotations.NullMarked;
