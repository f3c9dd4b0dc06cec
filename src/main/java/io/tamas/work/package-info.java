/// Threads that work for as long as the process lives, the state that they share with others, and
/// the outcome of passing work on.
@NullMarked
package io.tamas.work;

import org.jspecify.annotations.NullMarked;
