package io.tamas.crm.exchange;

/// What of a profile a column of a file holds.
enum Target {
  /// The id of the profile, as in an exported file.
  ID,
  NAME,
  GIVEN_NAME,
  FAMILY_NAME,
  KIND,
  /// Its name.
  ORGANISATION,
  CATEGORY,
  OWNER,
  NUMBER,
  NUMBER_TYPE,
  NUMBER_LABEL,
  NUMBER_PRIORITY,
  /// Which of the numbers is the main one.
  MAIN_NUMBER,
  EMAIL,
  ADDRESS,
  /// Their names.
  GROUPS,
  /// A value of a field of the phone book.
  FIELD,
  /// A text by a name of one's own.
  TEXT,
  /// All such texts, as in an exported file.
  TEXTS;

  /// Whether the columns of a number belong together by its place.
  boolean isOfNumber() {
    return switch (this) {
      case NUMBER, NUMBER_TYPE, NUMBER_LABEL, NUMBER_PRIORITY -> true;
      default -> false;
    };
  }

  /// Whether several columns may hold it.
  boolean mayRepeat() {
    return switch (this) {
      case EMAIL, ADDRESS, GROUPS, FIELD -> true;
      default -> false;
    };
  }
}
