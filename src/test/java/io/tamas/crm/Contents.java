package io.tamas.crm;

import io.tamas.crm.Profile.Kind;
import io.tamas.number.NumberingPlan;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Contents of profiles, for tests.
final class Contents {
  /// As they are written in Tehran.
  static final WrittenNumbers NUMBERS = new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));

  private Contents() {}

  static Profile.Content in(List<Long> groups, List<FieldValue> values, Profile.Content content) {
    return new Profile.Content(
        content.kind(),
        content.name(),
        content.organisation(),
        content.category(),
        content.owner(),
        content.numbers(),
        content.emails(),
        content.address(),
        groups,
        content.fields(),
        values);
  }

  static Profile.Content named(Kind kind, String name) {
    return of(kind, name, Optional.empty(), Optional.empty(), List.of(), Map.of());
  }

  static Profile.Content of(
      Kind kind,
      String name,
      Optional<String> category,
      Optional<String> owner,
      List<Profile.Number> numbers,
      Map<String, String> fields) {
    return new Profile.Content(
        kind,
        name,
        Optional.empty(),
        category,
        owner,
        NumberDraft.withMain(numbers),
        List.of(),
        Optional.empty(),
        List.of(),
        fields,
        List.of());
  }

  static Profile.Content in(long organisation, Profile.Content content) {
    return new Profile.Content(
        content.kind(),
        content.name(),
        Optional.of(organisation),
        content.category(),
        content.owner(),
        content.numbers(),
        content.emails(),
        content.address(),
        content.groups(),
        content.fields(),
        content.values());
  }

  static Profile.Number number(String e164, String label, int priority) {
    return number(new PhoneNumber(e164), label, priority);
  }

  static Profile.Number number(PhoneNumber number, String label, int priority) {
    return new Profile.Number(number, NumberType.ofLabel(label), label, false, priority);
  }
}
