package io.tamas.crm;

import static java.util.stream.Collectors.groupingBy;

import io.tamas.crm.ValueReading.Result;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The values of a profile against the fields that there are. Pure.
///
/// What a field has and the client sends back unchanged stays, whatever became of the field: else
/// nobody could change the name of a profile after a choice was taken away.
///
/// @param fields those of the values, as far as they exist
/// @param groups of the profile
/// @param before what the profile had
/// @param by reads phone numbers
record FieldValues(
    List<ProfileField> fields, Set<Long> groups, List<FieldValue> before, WrittenNumbers by) {

  /// The values as they are stored, in the order of the fields.
  ///
  /// @throws Problem with all faults
  List<FieldValue> settle(List<FieldValue> given) {
    Map<Long, ProfileField> byId =
        fields.stream().collect(Collectors.toMap(ProfileField::id, Function.identity()));
    Set<Long> kept = kept(given);
    Set<FieldValue> seen = new HashSet<>();
    Set<Long> filled = new HashSet<>();
    List<Fault> faults = new ArrayList<>();
    List<FieldValue> settled = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      FieldValue value = given.get(i);
      String pointer = "/values/" + i;
      Optional<ProfileField.Content> field =
          Optional.ofNullable(byId.get(value.field())).map(ProfileField::content);
      Optional<String> wrong = field.map(this::unfit).orElse(Optional.of("is no field"));
      if (wrong.isPresent()) {
        faults.add(new Fault(pointer + "/field", wrong.get()));
      } else if (kept.contains(value.field())) {
        settled.add(value);
      } else if (!filled.add(value.field()) && !field.orElseThrow().several()) {
        faults.add(new Fault(pointer, "is a second value of a field that has one only"));
      } else {
        switch (ValueReading.read(field.orElseThrow(), value, by)) {
          case Result.Valid(FieldValue read) when seen.add(read) -> settled.add(read);
          case Result.Valid _ -> faults.add(new Fault(pointer, "is a duplicate"));
          case Result.Wrong(String rule) -> faults.add(new Fault(pointer + "/value", rule));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    settled.sort(Comparator.comparingLong(FieldValue::field));
    return List.copyOf(settled);
  }

  private Optional<String> unfit(ProfileField.Content field) {
    return field
        .group()
        .filter(group -> !groups.contains(group))
        .map(group -> "is a field of group " + group + ", in which the profile is not");
  }

  private Set<Long> kept(List<FieldValue> given) {
    Map<Long, List<FieldValue>> had = before.stream().collect(groupingBy(FieldValue::field));
    return given.stream().collect(groupingBy(FieldValue::field)).entrySet().stream()
        .filter(entry -> entry.getValue().equals(had.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
