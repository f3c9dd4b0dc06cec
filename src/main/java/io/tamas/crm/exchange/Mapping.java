package io.tamas.crm.exchange;

import io.tamas.number.NumberingPlan;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What becomes of the rows of a file.
///
/// @param country whose numbers are written without a country code; by default, those of the trunks
/// @param areaCode of that country, of numbers without one
/// @param groups of the phone book to which each profile of the file belongs
/// @param makeGroups whether groups that rows name are made where there are none; else such rows
///   are refused
record Mapping(
    List<MappedColumn> columns,
    IdentifiedBy identifiedBy,
    WhenKnown whenKnown,
    Optional<String> country,
    Optional<String> areaCode,
    Optional<List<Long>> groups,
    Optional<Boolean> makeGroups) {

  /// @param width how many columns the file has
  /// @throws Problem 422 with all faults
  Mapping requireSound(int width) {
    List<Fault> faults = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    Set<Object> held = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      MappedColumn column = columns.get(i);
      String pointer = "/columns/" + i;
      if (column.column() > width) {
        faults.add(new Fault(pointer + "/column", "the file has %d columns".formatted(width)));
      }
      if (!seen.add(column.column())) {
        faults.add(new Fault(pointer + "/column", "is a duplicate"));
      }
      requireParts(pointer, column, faults);
      if (!column.to().mayRepeat() && !held.add(what(column))) {
        faults.add(new Fault(pointer + "/to", "another column holds it"));
      }
    }
    if (has(Target.NUMBER_TYPE, Target.NUMBER_LABEL, Target.NUMBER_PRIORITY)) {
      numbersAlone(faults);
    }
    requireIdentity(faults);
    requirePlan(faults);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return this;
  }

  private static Object what(MappedColumn column) {
    return List.of(column.to(), column.place(), column.name());
  }

  private static void requireParts(String pointer, MappedColumn column, List<Fault> faults) {
    requirePart(pointer + "/place", column.place(), column.to().isOfNumber(), faults);
    requirePart(pointer + "/field", column.field(), column.to() == Target.FIELD, faults);
    requirePart(pointer + "/name", column.name(), column.to() == Target.TEXT, faults);
    if (column.type().isPresent() && column.to() != Target.NUMBER) {
      faults.add(new Fault(pointer + "/type", "is for columns of numbers only"));
    }
  }

  private static void requirePart(
      String pointer, Optional<?> part, boolean isWanted, List<Fault> faults) {
    if (part.isPresent() != isWanted) {
      faults.add(new Fault(pointer, isWanted ? "is required" : "is not for such a column"));
    }
  }

  private void numbersAlone(List<Fault> faults) {
    for (int i = 0; i < columns.size(); i++) {
      Optional<Integer> place = columns.get(i).place();
      boolean isAlone =
          place.isPresent()
              && columns.stream()
                  .noneMatch(other -> other.to() == Target.NUMBER && other.place().equals(place));
      if (isAlone) {
        faults.add(new Fault("/columns/" + i + "/place", "no column has the number of this place"));
      }
    }
  }

  private void requireIdentity(List<Fault> faults) {
    if (!has(Target.NAME, Target.GIVEN_NAME, Target.FAMILY_NAME, Target.ORGANISATION)) {
      faults.add(new Fault("/columns", "one must hold a name, or the organisation"));
    }
    boolean isFit =
        switch (identifiedBy) {
          case ID -> has(Target.ID);
          case NUMBER -> has(Target.NUMBER);
          case EMAIL -> has(Target.EMAIL);
          case NAME_AND_NUMBER, NOTHING -> true;
        };
    if (!isFit) {
      faults.add(new Fault("/identifiedBy", "no column holds it"));
    }
  }

  private void requirePlan(List<Fault> faults) {
    if (areaCode.isPresent() && country.isEmpty()) {
      faults.add(new Fault("/areaCode", "needs a country"));
    }
    if (country.isPresent() && !NumberingPlan.isValid(country.get(), areaCode.orElse(""))) {
      faults.add(new Fault("/country", "must be two capital letters of ISO 3166"));
    }
  }

  boolean has(Target... wanted) {
    return columns.stream().anyMatch(column -> List.of(wanted).contains(column.to()));
  }

  boolean makesGroups() {
    return makeGroups.orElse(false);
  }

  Optional<NumberingPlan> plan() {
    return country.map(name -> new NumberingPlan(name, areaCode.orElse("")));
  }
}
