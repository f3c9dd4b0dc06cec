/// Asterisk's log of what happened: the CEL file, its parser and the follower that stores it
/// exactly once.
///
/// Knows no feature. Without PostgreSQL it waits; the file keeps everything.
@NullMarked
package io.tamas.asterisk.journal;

import org.jspecify.annotations.NullMarked;
