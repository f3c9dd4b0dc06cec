package io.tamas.call.voicemail;

import io.tamas.call.record.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A message in the mailbox of an extension.
///
/// @param id ascending
/// @param mailbox the extension
/// @param caller the number that left it
/// @param state of its recording, with its duration once that is ready
/// @param heardAt when it was played at the extension's phone, or marked as heard; until then it is
///   new
public record Voicemail(
    long id,
    String recording,
    String mailbox,
    String call,
    String caller,
    String callerName,
    Instant leftAt,
    Optional<Recording.State> state,
    Optional<Duration> duration,
    Optional<Instant> heardAt) {}
