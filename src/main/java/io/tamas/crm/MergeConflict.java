package io.tamas.crm;

import java.util.Optional;

/// A part of which both profiles had a value, and one is left out.
///
/// @param name of a text of one's own
/// @param field of the company or of a group
record MergeConflict(
    Of of, Optional<String> name, Optional<Long> field, String kept, String dropped) {

  /// What it is about.
  enum Of {
    NAME,
    ORGANISATION,
    CATEGORY,
    OWNER,
    ADDRESS,
    FIELD,
    VALUE
  }

  static MergeConflict of(MergeChoice.Part part, String kept, String dropped) {
    return new MergeConflict(
        Of.valueOf(part.name()), Optional.empty(), Optional.empty(), kept, dropped);
  }

  static MergeConflict ofField(String name, String kept, String dropped) {
    return new MergeConflict(Of.FIELD, Optional.of(name), Optional.empty(), kept, dropped);
  }

  static MergeConflict ofValue(long field, String kept, String dropped) {
    return new MergeConflict(Of.VALUE, Optional.empty(), Optional.of(field), kept, dropped);
  }
}
