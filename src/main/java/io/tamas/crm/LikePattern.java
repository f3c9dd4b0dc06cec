package io.tamas.crm;

/// Patterns of SQL's `LIKE`. Pure.
final class LikePattern {
  private LikePattern() {}

  /// What matches texts that contain this one, whatever its characters mean in a pattern.
  static String containing(String part) {
    StringBuilder pattern = new StringBuilder("%");
    for (char c : part.toCharArray()) {
      if (c == '%' || c == '_' || c == '\\') {
        pattern.append('\\');
      }
      pattern.append(c);
    }
    return pattern.append('%').toString();
  }
}
