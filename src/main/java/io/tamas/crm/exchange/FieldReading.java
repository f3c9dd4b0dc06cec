package io.tamas.crm.exchange;

import io.tamas.crm.FieldValue;
import io.tamas.crm.ProfileField;
import io.tamas.crm.ValueReading;
import io.tamas.crm.ValueReading.Result;
import io.tamas.number.WrittenNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the values of rows in fields of the phone book. Pure.
///
/// @param numbers how phone numbers are written
record FieldReading(MappedCells cells, PhoneBook book, WrittenNumbers numbers) {
  private static final int LONGEST_VALUE = 2000;

  /// @throws RefusedRow if one is wrong
  Map<Long, List<FieldValue>> read(SheetRow row) {
    Map<Long, List<FieldValue>> all = new TreeMap<>();
    cells.each(
        row,
        Target.FIELD,
        (cell, column) -> {
          ProfileField field = book.fields().get(column.field().orElse(0L));
          if (field == null) {
            throw new RefusedRow(column.column(), "is no field any more");
          }
          List<FieldValue> values = all.computeIfAbsent(field.id(), _ -> new ArrayList<>());
          for (String one : parts(field, cell)) {
            FieldValue value = value(field, one, column.column());
            if (!values.contains(value)) {
              values.add(value);
            }
          }
          if (values.size() > 1 && !field.content().several()) {
            throw new RefusedRow(column.column(), "is a second value of a field that has one only");
          }
        });
    return all;
  }

  private static String[] parts(ProfileField field, String cell) {
    if (!field.content().several()) {
      return new String[] {cell};
    }
    return switch (field.content().type()) {
      case TEXT -> MappedCells.ONLY_SEVERAL.split(cell);
      case NUMBER, DATE, CHOICE, PHONE -> MappedCells.LINES_OR_SEVERAL.split(cell);
    };
  }

  private FieldValue value(ProfileField field, String text, int column) {
    FieldValue given = new FieldValue(field.id(), text, Optional.empty());
    return switch (ValueReading.read(field.content(), given, numbers)) {
      case Result.Valid(FieldValue read) when read.value().length() <= LONGEST_VALUE -> read;
      case Result.Valid _ ->
          throw new RefusedRow(column, "must have at most %,d characters".formatted(LONGEST_VALUE));
      case Result.Wrong(String rule) -> throw new RefusedRow(column, rule);
    };
  }
}
