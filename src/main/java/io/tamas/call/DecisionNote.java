package io.tamas.call;

import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import java.util.Optional;

/// What Tamas decided, as the dialplan writes it into the journal (user event `TAMAS_DECISION`), so
/// that the journal alone is enough to recompute the record.
///
/// Written as base64url of JSON, so that nothing in it can be syntax anywhere. At most 1,800
/// characters; a trace that would not fit is shortened.
public record DecisionNote(
    Direction direction,
    String caller,
    String requested,
    String destination,
    String rule,
    String action,
    Optional<String> recording,
    Optional<Long> profile,
    Trace trace) {}
