package io.tamas.crm.exchange;

/// What tells that a row and a profile are the same.
enum IdentifiedBy {
  ID,
  NUMBER,
  EMAIL,
  /// The name, and one of the numbers or e-mail addresses where either has some.
  NAME_AND_NUMBER,
  /// Each row is a new profile.
  NOTHING
}
