/// Running an instance on one machine: its folder, ports and secrets, the processes that belong to
/// it, and their supervisor.
///
/// Promises: a port that is in use is reported before anything is started, a process that dies is
/// restarted, and after a stop nothing is left running. Used by the command line; the server does
/// not depend on it.
@NullMarked
package io.tamas.ops;

import org.jspecify.annotations.NullMarked;
