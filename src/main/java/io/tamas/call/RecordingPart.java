package io.tamas.call;

/// What was recorded under an id of its own, and belongs to another recording: two calls turned out
/// to be one.
record RecordingPart(RecordingId whole, RecordingId part) {}
