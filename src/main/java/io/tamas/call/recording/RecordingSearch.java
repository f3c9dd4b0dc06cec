package io.tamas.call.recording;

import io.tamas.call.record.Recording;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Principal.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Selects recordings, the newest call first.
///
/// @param state without it, all that are not deleted
/// @param message whether it is a message, or a conversation
/// @param extension, number as of calls
/// @param profiles any of them; none: whatever the profile
/// @param reach the extensions of which alone recordings are selected; empty: whatever they are of
/// @param from the earliest start of the call
/// @param to the start of the call before which they are selected
public record RecordingSearch(
    Optional<Recording.State> state,
    Optional<Boolean> message,
    Optional<Direction> direction,
    Optional<ExtensionNumber> extension,
    Optional<String> number,
    List<Long> profiles,
    Optional<Reach.Extensions> reach,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<RecordingCursor> cursor,
    int limit) {}
