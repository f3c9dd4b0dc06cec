package io.tamas.crm;

/// Why profiles may be of the same person or organisation, the surest first.
enum DuplicateReason {
  NUMBER,
  EMAIL,
  /// As people search it, whatever keyboard it was written with.
  NAME,
  /// Persons of one organisation, whose names follow each other in the order of names.
  SIMILAR_NAME
}
