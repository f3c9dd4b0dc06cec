package io.tamas.web;

import java.util.List;
import java.util.Locale;

/// The form of an operation's request body.
sealed interface BodyForm {
  record Nothing() implements BodyForm {}

  /// JSON that a schema describes, in memory.
  record Json(Schema schema) implements BodyForm {}

  /// Text in UTF-8, in memory.
  record Text(List<String> types, int maxBytes) implements BodyForm {}

  /// Anything, in a file.
  record Upload(List<String> types, int maxBytes) implements BodyForm {}

  /// Whether a body with this `Content-Type` is accepted.
  static boolean accepts(List<String> types, String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return types.contains(type);
  }
}
