package io.tamas.asterisk.journal;

import java.util.List;
import java.util.stream.Collectors;

/// Lines as `cel_custom` writes them.
public final class JournalLines {
  private JournalLines() {}

  static String line(String type, String callerName, String linkedId) {
    return line(
        new JournalEvent(
            java.time.Instant.parse("2026-11-21T01:47:46.210112Z"),
            RowType.of(type),
            "PJSIP/101-00000001",
            linkedId,
            linkedId,
            callerName,
            "101",
            "102",
            "from-phone",
            "",
            "",
            "",
            "",
            ""));
  }

  /// The line that is read as this event. User events are those with a name of ours.
  public static String line(JournalEvent event) {
    String type = event.type().text();
    boolean ours = type.startsWith("TAMAS_");
    String time = "%d.%06d".formatted(event.at().getEpochSecond(), event.at().getNano() / 1_000);
    return List.of(
                "T1",
                time,
                ours ? "USER_DEFINED" : type,
                ours ? type : "",
                event.callerName(),
                event.callerNumber(),
                event.dialled(),
                event.context(),
                event.channel(),
                event.application(),
                event.applicationData(),
                event.account(),
                event.uniqueId(),
                event.linkedId(),
                event.peer(),
                event.extra())
            .stream()
            .map(field -> '"' + field.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(","))
        + "\n";
  }
}
