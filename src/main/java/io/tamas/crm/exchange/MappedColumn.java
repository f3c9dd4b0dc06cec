package io.tamas.crm.exchange;

import io.tamas.crm.NumberType;
import java.util.Optional;

/// What a column is for.
///
/// @param column the first is 1
/// @param place of a number among those of the profile; its columns have the same
/// @param type of a number, unless a column says it
/// @param field of the phone book
/// @param name of a text
record MappedColumn(
    int column,
    Target to,
    Optional<Integer> place,
    Optional<NumberType> type,
    Optional<Long> field,
    Optional<String> name) {

  static MappedColumn of(int column, Target to) {
    return new MappedColumn(
        column, to, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static MappedColumn ofNumber(int column, Target to, int place, Optional<NumberType> type) {
    return new MappedColumn(
        column, to, Optional.of(place), type, Optional.empty(), Optional.empty());
  }

  static MappedColumn ofField(int column, long field) {
    return new MappedColumn(
        column,
        Target.FIELD,
        Optional.empty(),
        Optional.empty(),
        Optional.of(field),
        Optional.empty());
  }
}
