package io.tamas.crm;

import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// The last item of a page of a timeline.
record TimelineCursor(Instant at, TimelineItem.Kind kind, String id) {
  private static final String LIST = "timeline";

  static TimelineCursor of(TimelineItem last) {
    return new TimelineCursor(last.at(), last.kind(), last.id());
  }

  /// Opaque to clients.
  String text() {
    return Cursor.of(LIST, at, kind, id).text();
  }

  /// @throws Problem 400 for what [#text] did not write
  static TimelineCursor parse(String text) {
    Cursor cursor = Cursor.parse(LIST, 3, text);
    TimelineItem.Kind kind = cursor.field(1, TimelineItem.Kind::valueOf);
    return new TimelineCursor(
        cursor.field(0, Request::time).truncatedTo(ChronoUnit.MICROS),
        kind,
        cursor.field(2, id -> checked(kind, id)));
  }

  private static String checked(TimelineItem.Kind kind, String id) {
    return switch (kind) {
      case CALL -> id;
      case RECORDING -> UUID.fromString(id).toString();
      case VOICEMAIL, NOTE -> Long.valueOf(id).toString();
    };
  }
}
