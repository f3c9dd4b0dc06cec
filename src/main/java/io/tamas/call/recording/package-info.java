/// Recordings: started, paused and continued through transfers, pickups and parking; joined into
/// one file; found, played, renamed, deleted, expired.
///
/// One call has one recording. The file of an expected recording is checked until it is ready, or
/// reported as missing or broken; nobody listens without a row in the access log. Knows nothing of
/// voicemail and of the decisions about calls.
@NullMarked
package io.tamas.call.recording;

import org.jspecify.annotations.NullMarked;
