package io.tamas.company;

import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.Hours;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Company.Trunk;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Parts of companies, for tests.
final class Parts {
  private Parts() {}

  /// A small company without a fault: each kind once, extensions 101 and 102.
  static List<Part> small() {
    return List.of(
        new ExtensionGroup("staff", "Staff"),
        extension("101", "Leila Karimi"),
        extension("102", "Anna Petrova"),
        trunk("demo", "127.0.0.2"),
        Schedule.of(
            "office", ZoneId.of("Asia/Tehran"), List.of(workday("08:00", "17:00")), List.of()),
        new Prompt("closed", Optional.of("ss-noservice"), Map.of(), Map.of()),
        ringGroup("sales", "101", "102"),
        route("main", 10, "+982191001000"));
  }

  /// The small company with another part: in place of the one with its key, or beside the others.
  static Company with(Part... changed) {
    List<Part> parts = new ArrayList<>(small());
    for (Part part : changed) {
      parts.removeIf(old -> old.kind() == part.kind() && old.key().equals(part.key()));
      parts.add(part);
    }
    return Company.of(1, parts);
  }

  static Extension extension(String number, String name) {
    return Extension.of(new ExtensionNumber(number), name);
  }

  static Trunk trunk(String name, String... addresses) {
    return Trunk.of(
        name, new NumberingPlan("IR", "21"), List.of(addresses), new ExtensionNumber("101"));
  }

  static Hours workday(String from, String to) {
    return new Hours(Set.of(DayOfWeek.MONDAY), LocalTime.parse(from), LocalTime.parse(to));
  }

  static RingGroup ringGroup(String name, String... members) {
    return RingGroup.of(
        name,
        Strategy.RING_ALL,
        Stream.of(members).map(ExtensionNumber::new).toList(),
        Duration.ofSeconds(20));
  }

  static InboundRoute route(String name, int position, String... numbers) {
    return route(name, position, Optional.empty(), "extension:101", numbers);
  }

  static InboundRoute route(
      String name, int position, Optional<String> trunk, String to, String... numbers) {
    return InboundRoute.of(
        name,
        position,
        trunk,
        List.of(numbers),
        Optional.empty(),
        Destination.parse(to),
        Optional.empty(),
        Duration.ofSeconds(25),
        false);
  }
}
