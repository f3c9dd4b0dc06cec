package io.tamas.config;

import io.tamas.config.Raw.Kind;
import io.tamas.config.Raw.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Converts raw values to typed ones; empty if they are of the wrong type.
final class Values {
  private static final int MAX_LIST = 100;
  private static final int MAX_SECRET = 200;

  private Values() {}

  static Optional<String> text(Raw raw) {
    return raw instanceof Scalar scalar && scalar.kind() != Kind.NOTHING
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  static Optional<Long> wholeNumber(Raw raw) {
    return text(raw, Kind.NUMBER).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::valueOf);
  }

  static Optional<Boolean> truth(Raw raw) {
    return text(raw, Kind.FLAG).filter(text -> text.matches("true|false")).map(Boolean::valueOf);
  }

  /// From the environment the items come in one text, separated by commas.
  static Optional<List<String>> list(Raw raw, TextRule rule) {
    List<Optional<String>> items =
        switch (raw) {
          case Raw.Sequence sequence -> sequence.items().stream().map(Values::text).toList();
          case Scalar scalar when scalar.kind() == Kind.ANY ->
              List.of(scalar.text().split(",")).stream()
                  .map(String::trim)
                  .map(Optional::of)
                  .toList();
          case Scalar _, Raw.Mapping _ -> List.of();
        };
    List<String> right = items.stream().flatMap(Optional::stream).filter(rule.isMet()).toList();
    return right.size() == items.size() && !right.isEmpty() && right.size() <= MAX_LIST
        ? Optional.of(right)
        : Optional.empty();
  }

  static Optional<Path> path(Raw raw) {
    return text(raw)
        .filter(text -> !text.isBlank())
        .flatMap(text -> {
          try {
            return Optional.of(Path.of(text));
          } catch (InvalidPathException e) {
            return Optional.empty();
          }
        });
  }

  static Optional<Secret> secret(Raw raw) {
    return text(raw).filter(Values::isSecret).map(Secret::new);
  }

  /// The first line of a file; empty if it cannot be read.
  static Optional<Secret> secretIn(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().filter(Values::isSecret).map(Secret::new);
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean isSecret(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_SECRET
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static Optional<String> text(Raw raw, Kind kind) {
    return raw instanceof Scalar scalar && (scalar.kind() == kind || scalar.kind() == Kind.ANY)
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
