/// Threads that work for as long as the process lives, what they share with others, and what comes
/// of handing work over.
@NullMarked
package io.tamas.work;

import org.jspecify.annotations.NullMarked;
