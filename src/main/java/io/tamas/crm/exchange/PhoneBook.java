package io.tamas.crm.exchange;

import io.tamas.crm.Profile;
import io.tamas.crm.ProfileField;
import io.tamas.crm.ProfileGroup;
import io.tamas.text.Folding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The groups and fields that there are, and the names of the users. Pure.
record PhoneBook(
    Map<Long, ProfileField> fields, Map<Long, ProfileGroup> groups, Set<String> users) {
  static PhoneBook of(List<ProfileField> fields, List<ProfileGroup> groups, Set<String> users) {
    return new PhoneBook(
        fields.stream().collect(Collectors.toMap(ProfileField::id, Function.identity())),
        groups.stream().collect(Collectors.toMap(ProfileGroup::id, Function.identity())),
        users);
  }

  /// The group with a name, whatever keyboard it was written with; the one with just that name
  /// first.
  Optional<Long> group(String name) {
    return groups.values().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .or(() ->
            groups.values().stream()
                .filter(group -> Folding.fold(group.name()).equals(Folding.fold(name)))
                .findFirst())
        .map(ProfileGroup::id);
  }

  /// What of a mapping is not there any more.
  Optional<String> missing(Mapping mapping) {
    Optional<Long> field =
        mapping.columns().stream()
            .flatMap(column -> column.field().stream())
            .filter(id -> !fields.containsKey(id))
            .findFirst();
    Optional<Long> group =
        mapping.groups().orElse(List.of()).stream()
            .filter(id -> !groups.containsKey(id))
            .findFirst();
    return field
        .map(id -> "there is no field " + id)
        .or(() -> group.map(id -> "there is no profile group " + id));
  }

  /// A content without what is not in the phone book any more.
  Profile.Content existing(Profile.Content content) {
    return new Profile.Content(
        content.kind(),
        content.name(),
        content.organisation(),
        content.category(),
        content.owner(),
        content.numbers(),
        content.emails(),
        content.address(),
        content.groups().stream().filter(groups::containsKey).toList(),
        content.fields(),
        content.values().stream().filter(value -> fields.containsKey(value.field())).toList());
  }

  /// How a field is called at the head of a column.
  String heading(ProfileField field) {
    return field
        .content()
        .group()
        .flatMap(id -> Optional.ofNullable(groups.get(id)))
        .map(group -> "%s (%s)".formatted(field.content().name(), group.name()))
        .orElse(field.content().name());
  }
}
