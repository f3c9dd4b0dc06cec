/// The command line interface. Each command is thin; the work is done in `ops`.
@NullMarked
package io.tamas.cli;

import org.jspecify.annotations.NullMarked;
