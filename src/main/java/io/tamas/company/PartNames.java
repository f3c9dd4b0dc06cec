package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Menu;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Settings;
import io.tamas.company.Company.Trunk;
import io.tamas.company.CompanyStored.Key;
import io.tamas.company.Extension.Forwards;
import io.tamas.company.Extension.Mailbox;
import io.tamas.number.ExtensionNumber;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The parts that a part refers to. Pure.
final class PartNames {
  private PartNames() {}

  /// The parts that it refers to.
  static Stream<Key> of(Part part) {
    return Stream.concat(
        destinations(part).values().stream().flatMap(PartNames::of), besideDestinations(part));
  }

  /// The destinations of its calls, by field.
  static Map<String, Destination> destinations(Part part) {
    Map<String, Destination> found = new LinkedHashMap<>();
    switch (part) {
      case Extension extension -> {
        Forwards forwards = extension.forwards().orElse(Forwards.NONE);
        forwards.always().ifPresent(to -> found.put("/forwards/always", to));
        forwards.busy().ifPresent(to -> found.put("/forwards/busy", to));
        forwards.noAnswer().ifPresent(to -> found.put("/forwards/noAnswer", to));
        forwards.unreachable().ifPresent(to -> found.put("/forwards/unreachable", to));
      }
      case Menu menu -> {
        menu.options().forEach((key, to) -> found.put("/options/" + YamlTree.escaped(key), to));
        found.put("/otherwise", menu.otherwise());
        menu.wrong().ifPresent(to -> found.put("/wrong", to));
      }
      case RingGroup group -> group.overflow().ifPresent(to -> found.put("/overflow", to));
      case InboundRoute route -> {
        found.put("/to", route.to());
        route.closed().ifPresent(to -> found.put("/closed", to));
      }
      case ExtensionGroup _, PickupGroup _, Trunk _, OutgoingProfile _ -> {}
      case EmergencyNumber _, Schedule _, Prompt _, Settings _ -> {}
    }
    return found;
  }

  private static Stream<Key> of(Destination destination) {
    return switch (destination) {
      case Destination.ToExtension(ExtensionNumber number) -> extension(number);
      case Destination.ToVoicemail(ExtensionNumber number) -> extension(number);
      case Destination.ToRingGroup(String name) -> one(PartKind.RING_GROUP, name);
      case Destination.ToMenu(String name) -> one(PartKind.MENU, name);
      case Destination.ToAnnouncement(String name) -> one(PartKind.PROMPT, name);
      case Destination.ToNumber _ -> Stream.empty();
    };
  }

  private static Stream<Key> besideDestinations(Part part) {
    return switch (part) {
      case Extension extension ->
          Stream.of(
                  all(PartKind.EXTENSION_GROUP, extension.groups()),
                  all(PartKind.EXTENSION_GROUP, extension.mayCall()),
                  one(PartKind.OUTGOING_PROFILE, extension.outgoing()),
                  one(PartKind.PROMPT, extension.mailbox().flatMap(Mailbox::greeting)))
              .flatMap(keys -> keys);
      case PickupGroup group -> group.members().stream().flatMap(PartNames::extension);
      case Trunk trunk -> extension(trunk.fallback());
      case OutgoingProfile profile ->
          profile.rules().stream().flatMap(rule -> all(PartKind.TRUNK, rule.trunks()));
      case EmergencyNumber emergency -> all(PartKind.TRUNK, emergency.trunks());
      case Menu menu ->
          Stream.of(Optional.of(menu.greeting()), menu.noInput(), menu.wrongInput())
              .flatMap(prompt -> one(PartKind.PROMPT, prompt));
      case RingGroup group -> group.members().stream().flatMap(PartNames::extension);
      case InboundRoute route ->
          Stream.concat(
              one(PartKind.TRUNK, route.trunk()), one(PartKind.SCHEDULE, route.schedule()));
      case Schedule schedule -> all(PartKind.EXTENSION_GROUP, schedule.switchGroups());
      case ExtensionGroup _, Prompt _, Settings _ -> Stream.empty();
    };
  }

  private static Stream<Key> extension(ExtensionNumber number) {
    return one(PartKind.EXTENSION, number.digits());
  }

  private static Stream<Key> all(PartKind kind, Collection<String> names) {
    return names.stream().map(name -> new Key(kind, name));
  }

  private static Stream<Key> one(PartKind kind, Optional<String> name) {
    return name.stream().flatMap(given -> one(kind, given));
  }

  private static Stream<Key> one(PartKind kind, String name) {
    return Stream.of(new Key(kind, name));
  }
}
