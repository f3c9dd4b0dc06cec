/// The command line and the composition root: the only code that wires the rooms together.
@NullMarked
package io.tamas;

import org.jspecify.annotations.NullMarked;
