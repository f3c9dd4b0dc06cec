package io.tamas.event;

import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import java.util.Optional;

/// Where a client continues.
///
/// @param after the last event that it received, or that was not for it
/// @param viewer as whom it received it; empty for a plain id, as earlier versions gave them
record Resume(long after, Optional<String> viewer) {
  private static final String LIST = "events";
  private static final String ID = "[0-9]{1,18}";

  /// Opaque to clients.
  static String cursor(long id, Viewer viewer) {
    return Cursor.of(LIST, id, viewer.id()).text();
  }

  /// @throws Problem 400 if it is neither a cursor nor an id
  static Resume parse(String text) {
    if (text.matches(ID)) {
      return new Resume(Long.parseLong(text), Optional.empty());
    }
    try {
      Cursor cursor = Cursor.parse(LIST, 2, text);
      return new Resume(cursor.field(0, Resume::id), Optional.of(cursor.fields().getLast()));
    } catch (Problem wrong) {
      throw Problem.bad(
          "Bad request", "query:after", "must be the cursor of a message, or the id of an event");
    }
  }

  private static long id(String text) {
    if (!text.matches(ID)) {
      throw new IllegalArgumentException("no id");
    }
    return Long.parseLong(text);
  }

  /// Whether what the client has is what this one sees.
  boolean isOf(Viewer now) {
    return viewer.isEmpty() || viewer.get().equals(now.id());
  }
}
