package io.tamas.call.record;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The id of a recording: a UUID in its usual form, so that it can never be a path.
public record RecordingId(UUID uuid) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  public static Optional<RecordingId> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new RecordingId(UUID.fromString(text)))
        : Optional.empty();
  }

  /// The name of the file of a segment while it is recorded, from 1 on; the first has that of the
  /// joined recording.
  public String fileName(int segment) {
    return segment == 1 ? uuid + ".wav" : uuid + "-" + segment + ".wav";
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
