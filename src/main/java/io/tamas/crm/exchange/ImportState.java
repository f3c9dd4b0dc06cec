package io.tamas.crm.exchange;

/// How far an import is.
enum ImportState {
  /// The file is being read for the first time.
  READING,
  /// It waits for its mapping, a dry run or the run.
  READY,
  /// A dry run.
  CHECKING,
  /// After a dry run.
  CHECKED,
  RUNNING,
  DONE,
  CANCELLED,
  FAILED,
  UNDOING,
  UNDONE;

  /// Whether it waits for somebody, and its mapping may be changed.
  boolean isReady() {
    return this == READY || this == CHECKED;
  }

  /// Whether the importer works on it.
  boolean isInWork() {
    return this == READING || this == CHECKING || this == RUNNING || this == UNDOING;
  }

  /// Whether it has ended by itself or was ended, and was not undone.
  boolean isEnded() {
    return this == DONE || this == CANCELLED || this == FAILED;
  }
}
