package io.tamas.crm.exchange;

import java.util.Optional;

/// Why a row is not imported.
final class RefusedRow extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int column;

  /// @param column the first is 1; 0: the row as a whole
  RefusedRow(int column, String reason) {
    super(reason, null, false, false);
    this.column = column;
  }

  Optional<Integer> column() {
    return column == 0 ? Optional.empty() : Optional.of(column);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
