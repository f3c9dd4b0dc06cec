package io.tamas.call.record;

/// What was recorded under an id of its own, and belongs to another recording: two calls turned out
/// to be one.
public record RecordingPart(RecordingId whole, RecordingId part) {}
