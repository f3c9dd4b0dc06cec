package io.tamas.crm;

import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import java.util.function.Function;

/// How far duplicates were looked for.
///
/// @param key the number, e-mail address or folded name of the last group; of similar names, that
///   of the next person
/// @param organisation of that person
/// @param id of that person
record DuplicateCursor(DuplicateReason reason, String key, long organisation, long id) {
  private static final String LIST = "duplicates";

  static DuplicateCursor begin(DuplicateReason reason) {
    return new DuplicateCursor(reason, "", 0, 0);
  }

  DuplicateCursor at(String last) {
    return new DuplicateCursor(reason, last, 0, 0);
  }

  /// Opaque to clients.
  String text() {
    return Cursor.of(LIST, reason, organisation, id, key).text();
  }

  /// @throws Problem 400 for what [#text] did not write
  static DuplicateCursor parse(String text) {
    Cursor cursor = Cursor.parse(LIST, 4, text);
    return new DuplicateCursor(
        cursor.field(0, DuplicateReason::valueOf),
        cursor.field(3, Function.identity()),
        cursor.field(1, Long::valueOf),
        cursor.field(2, Long::valueOf));
  }
}
