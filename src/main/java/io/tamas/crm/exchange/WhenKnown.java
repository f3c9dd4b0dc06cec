package io.tamas.crm.exchange;

/// What becomes of a profile that is there already. In any case an empty cell changes nothing.
enum WhenKnown {
  /// What the row has takes the place of what the profile has.
  UPDATE,
  /// What the profile lacks is added.
  ADD,
  /// It stays as it is.
  SKIP
}
