package io.tamas.config;

import java.util.List;
import org.yaml.snakeyaml.nodes.Tag;

/// A value as written, before validation.
sealed interface Raw {

  /// Where its faults are located.
  Place place();

  /// @param where the file with its line, or `environment`
  /// @param field the option or the environment variable
  record Place(String where, String field) {}

  /// One value. The text is kept as written: `0123` and `no` stay what they are.
  record Scalar(Place place, String text, Kind kind) implements Raw {}

  record Sequence(Place place, List<Raw> items) implements Raw {}

  record Mapping(Place place) implements Raw {}

  /// How the value was written; one from the environment may be of any kind.
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    NOTHING,
    ANY;

    static Kind of(Tag tag) {
      if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        return NUMBER;
      }
      if (tag.equals(Tag.BOOL)) {
        return FLAG;
      }
      return tag.equals(Tag.NULL) ? NOTHING : TEXT;
    }
  }
}
