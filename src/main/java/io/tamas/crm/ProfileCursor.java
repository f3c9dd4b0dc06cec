package io.tamas.crm;

import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import java.util.function.Function;

/// The position in the list of profiles where the next page starts.
public record ProfileCursor(String search, long id) {
  private static final String LIST = "profiles";

  /// Opaque to clients.
  String text() {
    return Cursor.of(LIST, id, search).text();
  }

  /// Parses the result of [#text].
  ///
  /// @throws Problem 400 for anything else
  static ProfileCursor parse(String text) {
    Cursor cursor = Cursor.parse(LIST, 2, text);
    return new ProfileCursor(cursor.field(1, Function.identity()), cursor.field(0, Long::valueOf));
  }
}
