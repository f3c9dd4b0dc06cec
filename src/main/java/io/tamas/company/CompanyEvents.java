package io.tamas.company;

import io.tamas.company.CompanyStored.Key;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import java.util.List;
import java.util.Map;

/// The events of the company: `company.changed`, with subject `company:<kind>/<name>`.
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

  private CompanyEvents() {}

  static List<NewEvent> of(Map<Key, Change> changes, long version) {
    if (changes.size() > MAX) {
      return List.of(
          new NewEvent(
              EventType.Known.COMPANY_CHANGED, "company:all", new Replaced("replaced", version)));
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
        new Changed(kind, key.name(), change.word, version));
  }
}
