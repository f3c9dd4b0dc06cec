package io.tamas.company;

import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The company as one immutable snapshot; `version` grows by one with each change.
///
/// Names of parts are slugs: 1 to 40 of `a-z`, `0-9`, `-`, starting with a letter.
public record Company(
    long version,
    List<ExtensionGroup> groups,
    List<Extension> extensions,
    List<Trunk> trunks,
    List<Schedule> schedules,
    List<Announcement> announcements,
    List<RingGroup> ringGroups,
    List<InboundRoute> inboundRoutes) {

  /// Extensions that belong together, such as a department.
  public record ExtensionGroup(String name, String title) {}

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
      Optional<String> mobile) {}

  /// A line to the outside. Calls from `addresses` (IPv4 or IPv6, a prefix length allowed) are
  /// calls of this trunk.
  ///
  /// `fallback` is rung by the dialplan itself while Tamas does not answer.
  public record Trunk(
      String name, NumberingPlan plan, List<String> addresses, ExtensionNumber fallback) {}

  /// Opening hours in a time zone. Outside them, and on `holidays`, the schedule is closed.
  public record Schedule(
      String name, ZoneId zone, List<Hours> hours, List<java.time.LocalDate> holidays) {}

  /// One span of a day; `to` is exclusive and `00:00` means midnight at the end of the day.
  public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {}

  /// A sound of Asterisk, by its name without extension, such as `ss-noservice`.
  public record Announcement(String name, String sound) {}

  public enum Strategy {
    RING_ALL,
    IN_ORDER
  }

  /// Extensions that are rung for one call. With `IN_ORDER` each is rung for `ring`, with
  /// `RING_ALL` all of them.
  public record RingGroup(
      String name, Strategy strategy, List<ExtensionNumber> members, Duration ring) {}

  /// What happens to calls to `numbers` (E.164 or, for any number of the trunk, none) on `trunk`
  /// (or any).
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
      boolean record) {}
}
