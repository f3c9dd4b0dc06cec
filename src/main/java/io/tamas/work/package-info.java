/// Threads that work for as long as the process lives, and what they share with others.
@NullMarked
package io.tamas.work;

import org.jspecify.annotations.NullMarked;
