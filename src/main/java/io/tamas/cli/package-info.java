/// The command line: what a person types and reads. Each command is thin; the work is done in
/// `ops`.
@NullMarked
package io.tamas.cli;

import org.jspecify.annotations.NullMarked;
