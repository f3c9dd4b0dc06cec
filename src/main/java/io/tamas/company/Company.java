package io.tamas.company;

import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The company as one immutable snapshot; `version` grows by one with each change.
///
/// Names of parts are slugs: 1 to 40 of `a-z`, `0-9`, `-`, starting with a letter. Whether the
/// parts fit together is told by [CompanyRules].
public record Company(
    long version,
    List<ExtensionGroup> groups,
    List<Extension> extensions,
    List<Trunk> trunks,
    List<Schedule> schedules,
    List<Announcement> announcements,
    List<RingGroup> ringGroups,
    List<InboundRoute> inboundRoutes) {

  /// The company that these parts make.
  public static Company of(long version, Collection<? extends Part> parts) {
    return new Company(
        version,
        only(ExtensionGroup.class, parts),
        only(Extension.class, parts),
        only(Trunk.class, parts),
        only(Schedule.class, parts),
        only(Announcement.class, parts),
        only(RingGroup.class, parts),
        only(InboundRoute.class, parts));
  }

  /// The company before anybody has said anything about it.
  public static Company empty() {
    return of(0, List.of());
  }

  /// All parts, kind by kind.
  public Stream<Part> parts() {
    return Stream.of(
            groups, extensions, trunks, schedules, announcements, ringGroups, inboundRoutes)
        .flatMap(List::stream);
  }

  /// The parts of one kind.
  public List<? extends Part> parts(PartKind kind) {
    return switch (kind) {
      case EXTENSION_GROUP -> groups;
      case EXTENSION -> extensions;
      case TRUNK -> trunks;
      case SCHEDULE -> schedules;
      case ANNOUNCEMENT -> announcements;
      case RING_GROUP -> ringGroups;
      case INBOUND_ROUTE -> inboundRoutes;
    };
  }

  private static <T extends Part> List<T> only(Class<T> type, Collection<? extends Part> parts) {
    return parts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// What the company is made of: each part is stored, versioned and changed by itself.
  public sealed interface Part {
    PartKind kind();

    /// What no other part of its kind has: the name, or the number of an extension.
    String key();
  }

  /// A part that is called by a slug.
  public sealed interface Named extends Part {
    String name();

    @Override
    default String key() {
      return name();
    }
  }

  /// Extensions that belong together, such as a department.
  public record ExtensionGroup(String name, String title) implements Named {
    @Override
    public PartKind kind() {
      return PartKind.EXTENSION_GROUP;
    }
  }

  /// One person's number. `doNotDisturb` answers busy. `record` has both sides of each call of this
  /// extension recorded.
  public record Extension(
      ExtensionNumber number,
      String name,
      Set<String> groups,
      boolean record,
      boolean doNotDisturb,
      Optional<String> language,
      Optional<String> email,
      Optional<String> mobile)
      implements Part {
    @Override
    public PartKind kind() {
      return PartKind.EXTENSION;
    }

    @Override
    public String key() {
      return number.digits();
    }
  }

  /// A line to the outside. Calls from `addresses` (IPv4 or IPv6, a prefix length allowed) are
  /// calls of this trunk.
  ///
  /// `fallback` is rung by the dialplan itself while Tamas does not answer.
  public record Trunk(
      String name, NumberingPlan plan, List<String> addresses, ExtensionNumber fallback)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.TRUNK;
    }
  }

  /// Opening hours in a time zone. Outside them, and on `holidays`, the schedule is closed.
  public record Schedule(String name, ZoneId zone, List<Hours> hours, List<LocalDate> holidays)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.SCHEDULE;
    }
  }

  /// One span of a day; `to` is exclusive and `00:00` means midnight at the end of the day. A span
  /// whose end is before its beginning goes on over midnight and belongs to the day it begins on.
  public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {}

  /// A sound of Asterisk, by its name without extension, such as `ss-noservice`.
  public record Announcement(String name, String sound) implements Named {
    @Override
    public PartKind kind() {
      return PartKind.ANNOUNCEMENT;
    }
  }

  public enum Strategy {
    RING_ALL,
    IN_ORDER
  }

  /// Extensions that are rung for one call. With `IN_ORDER` each is rung for `ring`, with
  /// `RING_ALL` all of them.
  public record RingGroup(
      String name, Strategy strategy, List<ExtensionNumber> members, Duration ring)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.RING_GROUP;
    }
  }

  /// What happens to calls to `numbers` (E.164, or a short code as it is dialled; none: any number)
  /// on `trunk` (or any).
  ///
  /// Routes are tried in the order of `position`. Outside `schedule` the call goes to `closed`.
  public record InboundRoute(
      String name,
      int position,
      Optional<String> trunk,
      List<String> numbers,
      Optional<String> schedule,
      Destination to,
      Optional<Destination> closed,
      Duration ring,
      boolean record)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.INBOUND_ROUTE;
    }
  }
}
