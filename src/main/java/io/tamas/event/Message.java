package io.tamas.event;

/// What the stream says besides events.
sealed interface Message {

  /// The state as of event `lastId`.
  record State(String type, long lastId, Object calls, Object extensions) implements Message {
    State(long lastId, Snapshot snapshot) {
      this("snapshot", lastId, snapshot.calls(), snapshot.extensions());
    }
  }

  /// Events `from` to `to` are not to be had any more.
  record Gap(String type, long from, long to) implements Message {
    Gap(long from, long to) {
      this("gap", from, to);
    }
  }
}
