package io.tamas.event;

/// Messages of the stream other than events.
sealed interface Message {

  /// The state as of event `lastId`.
  record State(String type, long lastId, Object calls, Object extensions) implements Message {
    State(long lastId, Object calls, Object extensions) {
      this("snapshot", lastId, calls, extensions);
    }
  }

  /// Events `from` to `to` are no longer kept, or it is not known whether they are for the client.
  record Gap(String type, long from, long to) implements Message {
    Gap(long from, long to) {
      this("gap", from, to);
    }
  }

  /// Nothing: only the cursor, after events that were not for the client.
  record Position(String type) implements Message {
    Position() {
      this("position");
    }
  }
}
