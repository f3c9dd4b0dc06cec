package io.tamas.call.recording;

import io.tamas.call.record.RecordingId;
import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import java.time.Instant;
import java.util.function.Function;

/// The position in the list of recordings after which the next page starts.
public record RecordingCursor(Instant callStartedAt, String call, RecordingId id) {
  private static final String LIST = "recordings";

  static RecordingCursor of(RecordingList.Entry last) {
    return new RecordingCursor(
        last.callStartedAt(), last.recording().call(), last.recording().recordingId());
  }

  /// Opaque to clients.
  public String text() {
    return Cursor.of(LIST, callStartedAt, call, id).text();
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws Problem 400 for anything else
  public static RecordingCursor parse(String text) {
    Cursor cursor = Cursor.parse(LIST, 3, text);
    return new RecordingCursor(
        cursor.field(0, Request::time),
        cursor.field(1, Function.identity()),
        cursor.field(2, id -> RecordingId.parse(id).orElseThrow(IllegalArgumentException::new)));
  }
}
