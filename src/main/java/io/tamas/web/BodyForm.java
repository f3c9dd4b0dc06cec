package io.tamas.web;

import java.util.List;
import java.util.Locale;

/// What an operation takes as its body.
sealed interface BodyForm {
  record Nothing() implements BodyForm {}

  /// JSON that a schema describes, in memory.
  record Json(Schema schema) implements BodyForm {}

  /// Text in UTF-8, in memory.
  record Text(List<String> types, int maxBytes) implements BodyForm {}

  /// Anything, in a file.
  record Upload(List<String> types, int maxBytes) implements BodyForm {}

  /// Whether a body that is announced as this media type is taken.
  static boolean takes(List<String> types, String announced) {
    String type = announced.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return types.contains(type);
  }
}
