package io.tamas.call.record;

/// A recording with its own id that is part of another one, because two calls turned out to be one.
public record RecordingPart(RecordingId whole, RecordingId part) {}
