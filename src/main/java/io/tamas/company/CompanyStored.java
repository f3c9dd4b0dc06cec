package io.tamas.company;

import io.tamas.company.Company.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The company as the database has it, with the version of each part.
record CompanyStored(long version, Map<Key, Stored> parts) {

  /// Identifies a part.
  record Key(PartKind kind, String name) {
    static Key of(Part part) {
      return new Key(part.kind(), part.key());
    }
  }

  Optional<Stored> find(Key key) {
    return Optional.ofNullable(parts.get(key));
  }

  Company company() {
    return Company.of(version, parts.values().stream().map(Stored::part).toList());
  }

  /// The next version, with `put` added or replaced and `deleted` removed.
  CompanyStored changed(Iterable<? extends Part> put, Iterable<Key> deleted) {
    Map<Key, Stored> next = new LinkedHashMap<>(parts);
    deleted.forEach(next::remove);
    put.forEach(part -> next.put(Key.of(part), new Stored(part, version + 1)));
    return new CompanyStored(version + 1, next);
  }
}
