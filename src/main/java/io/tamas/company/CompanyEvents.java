package io.tamas.company;

import io.tamas.company.Company.Opening;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Switched;
import io.tamas.company.CompanyStored.Key;
import io.tamas.event.Audience;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The events of the company: `company.changed`, and `schedule.switched` beside it, with subject
/// `company:<kind>/<name>`.
final class CompanyEvents {
  /// For more changes than this at once, a single event announces that everything is to be read
  /// again.
  private static final int MAX = 100;

  enum Change {
    CREATED("created"),
    UPDATED("updated"),
    DELETED("deleted"),
    PASSWORD("password");

    private final String word;

    Change(String word) {
      this.word = word;
    }
  }

  private record Changed(String kind, String name, String change, long version) {}

  private record Replaced(String change, long version) {}

  /// @param state how it is switched by hand; absent: its hours count again
  private record ScheduleSwitched(
      String schedule, Optional<Opening> state, Optional<Instant> until) {}

  private CompanyEvents() {}

  /// The schedules that are switched by hand otherwise than before, or no longer.
  static List<NewEvent> switched(List<Schedule> before, List<Schedule> after) {
    Map<String, Switched> old = new HashMap<>();
    before.forEach(one -> one.override().ifPresent(switched -> old.put(one.name(), switched)));
    return after.stream()
        .filter(one -> !one.override().equals(Optional.ofNullable(old.get(one.name()))))
        .map(one ->
            new NewEvent(
                EventType.Known.SCHEDULE_SWITCHED,
                "company:schedule/" + one.name(),
                new ScheduleSwitched(
                    one.name(),
                    one.override().map(Switched::state),
                    one.override().flatMap(Switched::until)),
                Audience.Circle.EVERYBODY))
        .toList();
  }

  static List<NewEvent> of(Map<Key, Change> changes, long version) {
    if (changes.size() > MAX) {
      return List.of(
          new NewEvent(
              EventType.Known.COMPANY_CHANGED,
              "company:all",
              new Replaced("replaced", version),
              Audience.Circle.EVERYBODY));
    }
    return changes.entrySet().stream()
        .map(entry -> event(entry.getKey(), entry.getValue(), version))
        .toList();
  }

  private static NewEvent event(Key key, Change change, long version) {
    String kind = key.kind().singular();
    return new NewEvent(
        EventType.Known.COMPANY_CHANGED,
        "company:" + kind + "/" + key.name(),
        new Changed(kind, key.name(), change.word, version),
        Audience.Circle.EVERYBODY);
  }
}
