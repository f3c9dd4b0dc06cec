package io.tamas.company;

import io.tamas.company.Company.Hours;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Schedule;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The rules of schedules and inbound routes. Pure.
final class InboundRules {
  private static final int MAX_NUMBERS = 200;
  private static final int MAX_HOURS = 50;
  private static final int MAX_HOLIDAYS = 500;
  private static final int MAX_GROUPS = 50;
  private static final int MAX_POSITION = 1_000_000;

  private static final Pattern SWITCH_CODE = Pattern.compile("[0-9]{1,3}");

  private static final Pattern DIALLED = Pattern.compile("\\+[1-9][0-9]{6,14}|[0-9]{2,15}");

  private InboundRules() {}

  static void check(FieldRules fields, Schedule schedule) {
    fields.atMost("/hours", schedule.hours(), MAX_HOURS);
    fields.atMost("/holidays", schedule.holidays(), MAX_HOLIDAYS);
    switching(fields, schedule);
    for (int i = 0; i < schedule.hours().size(); i++) {
      Hours hours = schedule.hours().get(i);
      fields.require(
          !hours.days().isEmpty(), "/hours/" + i + "/days", "must name a day, such as \"MONDAY\"");
      fields.require(
          !hours.from().equals(hours.to()) || hours.to().equals(LocalTime.MIDNIGHT),
          "/hours/" + i + "/to",
          "must differ from the start; the whole day is 00:00 to 00:00");
    }
  }

  private static void switching(FieldRules fields, Schedule schedule) {
    fields.require(
        schedule.switchCode().stream().allMatch(code -> FieldRules.matches(SWITCH_CODE, code)),
        "/switchCode",
        "must be 1 to 3 digits, such as '1' (phones dial *281)"
            + schedule.switchCode().map(FieldRules::given).orElse(""));
    fields.require(
        schedule.switchGroups().isEmpty() || schedule.switchCode().isPresent(),
        "/switchGroups",
        "requires a switchCode, such as '1'");
    fields.atMost("/switchGroups", schedule.switchGroups(), MAX_GROUPS);
    schedule
        .switchGroups()
        .forEach(group -> fields.known(PartKind.EXTENSION_GROUP, "/switchGroups", group));
  }

  /// One code switches one schedule.
  static void sharedCodes(List<Schedule> schedules, Faults faults) {
    Map<String, Schedule> owners = new HashMap<>();
    for (Schedule schedule : schedules) {
      schedule
          .switchCode()
          .map(code -> owners.putIfAbsent(code, schedule))
          .ifPresent(owner ->
              faults
                  .of(schedule)
                  .breaks("/switchCode", "already belongs to schedule " + owner.name()));
    }
  }

  static void check(FieldRules fields, InboundRoute route) {
    fields.range("/position", route.position(), 0, MAX_POSITION);
    fields.known(PartKind.TRUNK, "/trunk", route.trunk());
    numbers(fields, route.numbers());
    fields.patterns("/callers", route.callers());
    fields.known(PartKind.SCHEDULE, "/schedule", route.schedule());
    fields.require(
        route.schedule().isEmpty() || route.closed().isPresent(),
        "/closed",
        "is required with a schedule: the destination outside it, such as \"voicemail:101\"");
    fields.require(
        route.schedule().isPresent() || route.closed().isEmpty(),
        "/closed",
        "requires a schedule, such as \"office\"");
    fields.destination("/to", route.to());
    fields.destination("/closed", route.closed());
    fields.ring("/ring", route.ring());
    fields.language("/language", route.language());
    fields.responsible(route.responsibleFirst());
  }

  private static void numbers(FieldRules fields, List<String> numbers) {
    fields.atMost("/numbers", numbers, MAX_NUMBERS);
    fields.once("/numbers", numbers);
    for (int i = 0; i < numbers.size(); i++) {
      fields.require(
          FieldRules.matches(DIALLED, numbers.get(i)),
          "/numbers/" + i,
          "must be an E.164 number, + and 7 to 15 digits, such as +982191001000, or a short code of"
              + " 2 to 15 digits, such as 1590"
              + FieldRules.given(numbers.get(i)));
    }
  }
}
