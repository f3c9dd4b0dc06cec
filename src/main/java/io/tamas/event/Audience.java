package io.tamas.event;

import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who receives an event, beside those who see everything.
public sealed interface Audience {

  /// A circle of people, whatever extensions they have.
  enum Circle implements Audience {
    EVERYBODY("everybody"),
    /// Users, who all read the phone book.
    USERS("users"),
    /// Those who read the company.
    SETTINGS("settings"),
    /// Nobody else.
    OVERSEERS("nobody");

    private final String word;

    Circle(String word) {
      this.word = word;
    }
  }

  /// Those who see one of the extensions.
  ///
  /// @param began when what they took part in began: to them it belongs if the extension was theirs
  record Parties(Set<ExtensionNumber> extensions, Instant began) implements Audience {
    public Parties {
      extensions = Set.copyOf(extensions);
    }
  }

  /// It was stored by a version that did not note who receives it.
  record Unknown() implements Audience {}

  /// Those who see one of these extensions; if there are none, nobody else.
  static Audience of(Collection<String> extensions, Instant began) {
    return extensions.isEmpty()
        ? Circle.OVERSEERS
        : new Parties(
            extensions.stream().map(ExtensionNumber::new).collect(Collectors.toUnmodifiableSet()),
            began);
  }

  /// As it is stored.
  static List<String> words(Audience audience) {
    return switch (audience) {
      case Circle circle -> List.of(circle.word);
      case Parties(Set<ExtensionNumber> extensions, Instant _) ->
          extensions.stream().map(ExtensionNumber::digits).sorted().toList();
      case Unknown() -> List.of();
    };
  }

  /// Reads what was stored; of another version's words nobody else receives it.
  static Audience read(List<String> words, Instant began) {
    if (words.isEmpty()) {
      return new Unknown();
    }
    return Stream.of(Circle.values())
        .filter(circle -> List.of(circle.word).equals(words))
        .<Audience>map(circle -> circle)
        .findFirst()
        .orElseGet(() ->
            words.stream().allMatch(ExtensionNumber::isValid)
                ? of(words, began)
                : Circle.OVERSEERS);
  }
}
