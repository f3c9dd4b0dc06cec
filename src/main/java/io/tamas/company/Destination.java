package io.tamas.company;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.number.ExtensionNumber;

/// Where a route leads: `extension:101`, `ring-group:sales`, `announcement:closed`.
public sealed interface Destination {

  record ToExtension(ExtensionNumber number) implements Destination {
    @Override
    public String text() {
      return "extension:" + number.digits();
    }
  }

  record ToRingGroup(String name) implements Destination {
    @Override
    public String text() {
      return "ring-group:" + name;
    }
  }

  record ToAnnouncement(String name) implements Destination {
    @Override
    public String text() {
      return "announcement:" + name;
    }
  }

  @JsonValue
  String text();

  @JsonCreator
  static Destination parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String name = text.substring(colon + 1);
    return switch (kind) {
      case "extension" -> new ToExtension(new ExtensionNumber(name));
      case "ring-group" -> new ToRingGroup(name);
      case "announcement" -> new ToAnnouncement(name);
      default ->
          throw new IllegalArgumentException(
              "a destination is extension:<number>, ring-group:<name> or announcement:<name>");
    };
  }
}
