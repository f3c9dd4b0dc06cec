package io.tamas.event;

/// The state that a new subscriber starts from.
///
/// It is asked after the subscriber's place in the stream is fixed and contains at least what the
/// events up to there have told; it may be ahead of them. Written as JSON. Must not wait.
public interface Snapshot {

  /// The calls under way.
  Object calls();

  /// The extensions with their states.
  Object extensions();
}
