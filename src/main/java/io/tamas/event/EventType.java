package io.tamas.event;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What an event is about: the list that subscribers know.
public sealed interface EventType {
  /// As it is stored and published, such as `call.ended`.
  @JsonValue
  String text();

  /// Reads what [#text] wrote.
  static EventType of(String text) {
    return Optional.<EventType>ofNullable(Known.BY_TEXT.get(text))
        .orElseGet(() -> new Unknown(text));
  }

  /// Those that this version publishes; README and OpenAPI document list the same.
  enum Known implements EventType {
    CALL_STARTED("call.started"),
    CALL_RINGING("call.ringing"),
    CALL_ANSWERED("call.answered"),
    CALL_CHANGED("call.changed"),
    CALL_ENDED("call.ended"),
    CALL_JOINED("call.joined"),
    EMERGENCY_CALLED("emergency.called"),
    CALLER_IDENTIFIED("caller.identified"),
    RECORDING_READY("recording.ready"),
    RECORDING_FAILED("recording.failed"),
    RECORDING_RENAMED("recording.renamed"),
    RECORDING_DELETED("recording.deleted"),
    VOICEMAIL_LEFT("voicemail.left"),
    VOICEMAIL_HEARD("voicemail.heard"),
    VOICEMAIL_UNHEARD("voicemail.unheard"),
    VOICEMAIL_DELETED("voicemail.deleted"),
    SIGN_IN_FAILED("sign-in.failed"),
    PROVISIONING_REFUSED("provisioning.refused"),
    DEVICE_REGISTERED("device.registered"),
    DEVICE_REMOVED("device.removed"),
    DEVICE_REFUSED("device.refused"),
    EXTENSION_STATE("extension.state"),
    TRUNK_STATE("trunk.state"),
    STORAGE_STATE("storage.state"),
    COMPANY_CHANGED("company.changed"),
    SCHEDULE_SWITCHED("schedule.switched"),
    PROFILE_CREATED("profile.created"),
    PROFILE_UPDATED("profile.updated"),
    PROFILE_DELETED("profile.deleted"),
    PROFILES_IMPORTED("profiles.imported"),
    PHONE_BOOK_CHANGED("phone-book.changed"),
    NOTE_CREATED("note.created"),
    NOTE_UPDATED("note.updated"),
    NOTE_DELETED("note.deleted"),
    WEBHOOK_SUSPENDED("webhook.suspended");

    private static final Map<String, Known> BY_TEXT =
        Stream.of(values()).collect(toUnmodifiableMap(Known::text, identity()));

    private final String text;

    Known(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /// A type of another version, kept in the outbox.
  record Unknown(String text) implements EventType {}
}
