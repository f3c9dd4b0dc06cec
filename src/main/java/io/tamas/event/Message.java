package io.tamas.event;

/// Messages of the stream other than events.
sealed interface Message {

  /// The state as of event `lastId`.
  record State(String type, long lastId, Object calls, Object extensions) implements Message {
    State(long lastId, Snapshot snapshot) {
      this("snapshot", lastId, snapshot.calls(), snapshot.extensions());
    }
  }

  /// Events `from` to `to` are no longer kept.
  record Gap(String type, long from, long to) implements Message {
    Gap(long from, long to) {
      this("gap", from, to);
    }
  }
}
