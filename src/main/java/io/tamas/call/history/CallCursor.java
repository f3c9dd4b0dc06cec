package io.tamas.call.history;

import io.tamas.call.record.CallRecord;
import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import java.time.Instant;
import java.util.function.Function;

/// The position in a list of calls, newest first, after which the next page starts.
public record CallCursor(Instant startedAt, String id) {
  private static final String LIST = "calls";

  static CallCursor of(CallRecord call) {
    return new CallCursor(call.when().startedAt(), call.id());
  }

  /// Opaque to clients.
  public String text() {
    return Cursor.of(LIST, startedAt, id).text();
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws Problem 400 for anything else
  public static CallCursor parse(String text) {
    Cursor cursor = Cursor.parse(LIST, 2, text);
    return new CallCursor(cursor.field(0, Request::time), cursor.field(1, Function.identity()));
  }
}
