package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldValuesTest {
  private static final ProfileField CITY =
      field(1, FieldType.CHOICE, false, List.of("Shiraz"), Optional.empty());
  private static final ProfileField NICK =
      field(2, FieldType.TEXT, true, List.of(), Optional.empty());
  private static final ProfileField HIRED =
      field(3, FieldType.DATE, false, List.of(), Optional.of(9L));

  @Test
  void valuesAreInTheOrderOfTheirFields() {
    assertEquals(
        List.of(value(1, "Shiraz"), value(2, "b"), value(2, "a")),
        settle(Set.of(), List.of(), value(2, "b"), value(1, "shiraz"), value(2, "a")));
  }

  @Test
  void whatAFieldHasStaysWhateverBecameOfTheField() {
    List<FieldValue> before = List.of(value(1, "Tabriz"), value(1, "Qom"));
    assertEquals(before, settle(Set.of(), before, before.toArray(FieldValue[]::new)));
    assertEquals(
        List.of(new Fault("/values/0/value", "must be one of the choices of the field")),
        faults(Set.of(), before, value(1, "Tabriz")));
  }

  @Test
  void aFieldOfAGroupIsForItsProfiles() {
    assertEquals(
        List.of(new FieldValue(3, "2026-03-21", Optional.of(EntryCalendar.JALALI))),
        settle(Set.of(9L), List.of(), value(3, "1405/1/1")));
    assertEquals(
        List.of(new Fault("/values/0/field", "is a field of group 9, in which the profile is not")),
        faults(Set.of(8L), List.of(), value(3, "1405/1/1")));
  }

  @Test
  void everyFaultIsToldAtOnce() {
    assertEquals(
        List.of("/values/0/field", "/values/2", "/values/4"),
        faults(
                Set.of(),
                List.of(),
                value(5, "x"),
                value(1, "Shiraz"),
                value(1, "Shiraz"),
                value(2, "a"),
                value(2, "a "))
            .stream()
            .map(Fault::pointer)
            .toList());
  }

  private static List<Fault> faults(
      Set<Long> groups, List<FieldValue> before, FieldValue... given) {
    return assertThrows(Problem.class, () -> settle(groups, before, given)).faults();
  }

  private static List<FieldValue> settle(
      Set<Long> groups, List<FieldValue> before, FieldValue... given) {
    return new FieldValues(List.of(CITY, NICK, HIRED), groups, before, Contents.NUMBERS)
        .settle(List.of(given));
  }

  private static FieldValue value(long field, String text) {
    return new FieldValue(field, text, Optional.empty());
  }

  private static ProfileField field(
      long id, FieldType type, boolean several, List<String> choices, Optional<Long> group) {
    return new ProfileField(
        id, new ProfileField.Content("field " + id, type, several, choices, group), 1);
  }
}
