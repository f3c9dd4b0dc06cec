package io.tamas.company;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;

/// A destination of a call: `extension:101`, `ring-group:sales`, `menu:main`,
/// `announcement:closed`, `voicemail:101`, `number:+989121234567`.
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

  record ToMenu(String name) implements Destination {
    @Override
    public String text() {
      return "menu:" + name;
    }
  }

  /// A prompt is played and the call ends.
  record ToAnnouncement(String name) implements Destination {
    @Override
    public String text() {
      return "announcement:" + name;
    }
  }

  /// The mailbox of an extension.
  record ToVoicemail(ExtensionNumber number) implements Destination {
    @Override
    public String text() {
      return "voicemail:" + number.digits();
    }
  }

  /// An external number.
  record ToNumber(PhoneNumber number) implements Destination {
    @Override
    public String text() {
      return "number:" + number.e164();
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
      case "menu" -> new ToMenu(name);
      case "announcement" -> new ToAnnouncement(name);
      case "voicemail" -> new ToVoicemail(new ExtensionNumber(name));
      case "number" -> new ToNumber(new PhoneNumber(name));
      default ->
          throw new IllegalArgumentException(
              "a destination is extension:<number>, ring-group:<name>, menu:<name>,"
                  + " announcement:<prompt>, voicemail:<extension> or number:<E.164>");
    };
  }
}
