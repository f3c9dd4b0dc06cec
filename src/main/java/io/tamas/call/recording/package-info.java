/// Recordings: begun, paused and kept going through transfers, pickups and parking; made one file;
/// found, heard, renamed, deleted, expired.
///
/// One call has one recording. A recording that is expected is looked for until it is ready, or
/// said to be missing or broken; nobody listens without a row in the access log. Knows nothing of
/// voicemail and of the decisions about calls.
@NullMarked
package io.tamas.call.recording;

import org.jspecify.annotations.NullMarked;
