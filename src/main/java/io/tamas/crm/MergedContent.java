package io.tamas.crm;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.tamas.number.PhoneNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;

/// The content of two profiles in one: of what a profile has one of, the value of the one that
/// stays, or, if it has none or that is chosen, of the other; of all else both. Pure.
///
/// @param conflicts what is left out because both had a value
record MergedContent(Profile.Content content, List<MergeConflict> conflicts) {
  private static final int MOST_NUMBERS = 50;
  private static final int MOST_EMAILS = 20;
  private static final int MOST_GROUPS = 50;
  private static final int MOST_FIELDS = 50;
  private static final int MOST_VALUES = 500;

  /// @param fields by id, as far as they exist; values of others are left out, unseen
  static MergedContent of(
      Profile.Content mine,
      Profile.Content other,
      MergeChoice choice,
      Map<Long, ProfileField.Content> fields) {
    return new Merging(mine, other, choice, fields).merged();
  }

  /// Of what there would be more than a profile may have; empty if it may.
  Optional<String> excess() {
    return Stream.of(
            excess(content.numbers().size(), MOST_NUMBERS, "numbers"),
            excess(content.emails().size(), MOST_EMAILS, "e-mail addresses"),
            excess(content.groups().size(), MOST_GROUPS, "groups"),
            excess(content.fields().size(), MOST_FIELDS, "fields"),
            excess(content.values().size(), MOST_VALUES, "values"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> excess(int has, int most, String what) {
    return has <= most
        ? Optional.empty()
        : Optional.of(
            "together they have %d %s, and a profile may not have more than %d"
                .formatted(has, what, most));
  }

  private static final class Merging {
    private final Profile.Content mine;
    private final Profile.Content other;
    private final MergeChoice choice;
    private final Map<Long, ProfileField.Content> known;
    private final List<MergeConflict> conflicts = new ArrayList<>();

    Merging(
        Profile.Content mine,
        Profile.Content other,
        MergeChoice choice,
        Map<Long, ProfileField.Content> known) {
      this.mine = mine;
      this.other = other;
      this.choice = choice;
      this.known = known;
    }

    private MergedContent merged() {
      Profile.Content content =
          new Profile.Content(
              mine.kind(),
              name(),
              pick(MergeChoice.Part.ORGANISATION, Profile.Content::organisation, String::valueOf),
              pick(MergeChoice.Part.CATEGORY, Profile.Content::category, Function.identity()),
              pick(MergeChoice.Part.OWNER, Profile.Content::owner, Function.identity()),
              numbers(),
              emails(),
              pick(MergeChoice.Part.ADDRESS, Profile.Content::address, Function.identity()),
              groups(),
              fields(),
              values());
      return new MergedContent(content, List.copyOf(conflicts));
    }

    /// One that is only the number, as of unknown callers, is no name.
    private String name() {
      if (isNumber(mine) != isNumber(other)) {
        return isNumber(mine) ? other.name() : mine.name();
      }
      return pick(
              MergeChoice.Part.NAME, content -> Optional.of(content.name()), Function.identity())
          .orElseThrow();
    }

    private static boolean isNumber(Profile.Content content) {
      return content.numbers().stream()
          .anyMatch(number -> number.number().e164().equals(content.name()));
    }

    private <T> Optional<T> pick(
        MergeChoice.Part part,
        Function<Profile.Content, Optional<T>> of,
        Function<T, String> text) {
      Optional<T> one = of.apply(mine);
      Optional<T> two = of.apply(other);
      if (one.isEmpty() || two.isEmpty() || one.equals(two)) {
        return one.or(() -> two);
      }
      boolean takes = choice.parts().contains(part);
      T kept = (takes ? two : one).get();
      T dropped = (takes ? one : two).get();
      conflicts.add(MergeConflict.of(part, text.apply(kept), text.apply(dropped)));
      return Optional.of(kept);
    }

    private List<Profile.Number> numbers() {
      Map<PhoneNumber, Profile.Number> theirs =
          other.numbers().stream()
              .collect(
                  toMap(
                      Profile.Number::number, Function.identity(), (one, _) -> one, HashMap::new));
      List<Profile.Number> all = new ArrayList<>();
      mine.numbers()
          .forEach(number -> {
            Profile.Number same = theirs.remove(number.number());
            all.add(same == null ? number : number.describedBy(same));
          });
      other.numbers().stream()
          .filter(number -> theirs.containsKey(number.number()))
          .map(number -> number.withMain(number.main() && mine.numbers().isEmpty()))
          .forEach(all::add);
      return NumberDraft.withMain(all);
    }

    private List<String> emails() {
      Set<String> had = new HashSet<>();
      return Stream.concat(mine.emails().stream(), other.emails().stream())
          .filter(address -> had.add(address.toLowerCase(Locale.ROOT)))
          .toList();
    }

    private List<Long> groups() {
      Set<Long> all = new TreeSet<>(mine.groups());
      all.addAll(other.groups());
      return List.copyOf(all);
    }

    private Map<String, String> fields() {
      Map<String, String> all = new TreeMap<>(mine.fields());
      other
          .fields()
          .forEach((name, theirs) -> {
            String ours = all.putIfAbsent(name, theirs);
            if (ours != null && !ours.equals(theirs)) {
              boolean takes = choice.fields().contains(name);
              all.put(name, takes ? theirs : ours);
              conflicts.add(
                  MergeConflict.ofField(name, takes ? theirs : ours, takes ? ours : theirs));
            }
          });
      return all;
    }

    private List<FieldValue> values() {
      Map<Long, List<FieldValue>> ours = mine.values().stream().collect(byField());
      Map<Long, List<FieldValue>> theirs = other.values().stream().collect(byField());
      Set<Long> ids = new TreeSet<>(ours.keySet());
      ids.addAll(theirs.keySet());
      return ids.stream()
          .filter(known::containsKey)
          .flatMap(id ->
              values(id, ours.getOrDefault(id, List.of()), theirs.getOrDefault(id, List.of()))
                  .stream())
          .toList();
    }

    private static Collector<FieldValue, ?, Map<Long, List<FieldValue>>> byField() {
      return groupingBy(FieldValue::field);
    }

    private List<FieldValue> values(long id, List<FieldValue> ours, List<FieldValue> theirs) {
      if (ours.isEmpty() || theirs.isEmpty() || ours.equals(theirs)) {
        return ours.isEmpty() ? theirs : ours;
      }
      ProfileField.Content field = known.get(id);
      if (field != null && field.several()) {
        return Stream.concat(ours.stream(), theirs.stream()).distinct().toList();
      }
      boolean takes = choice.values().contains(id);
      List<FieldValue> kept = takes ? theirs : ours;
      List<FieldValue> dropped = takes ? ours : theirs;
      conflicts.add(MergeConflict.ofValue(id, kept.getFirst().value(), dropped.getFirst().value()));
      return kept;
    }
  }
}
