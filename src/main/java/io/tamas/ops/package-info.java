/// Running an instance on one machine: its folder, ports and secrets, the processes that belong to
/// it, and what watches over them.
///
/// Promises: a port that is taken is told before anything is started, a process that dies is
/// started again, and after a stop nothing is left running. Used by the command line; the server
/// knows nothing of it.
@NullMarked
package io.tamas.ops;

import org.jspecify.annotations.NullMarked;
