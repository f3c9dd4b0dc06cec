package io.tamas.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.call.history.OwnCalls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallRecord;
import io.tamas.event.EventType;
import io.tamas.event.EventType.Known;
import io.tamas.event.Ownership;
import io.tamas.json.Json;
import io.tamas.web.Principal.Owner;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Which events belong to the owner of a key: those of the own calls and of the own mailbox, and
/// what is of everybody, such as the states of the extensions.
///
/// Failed registrations concern no single extension; profiles are the whole CRM, of which a call
/// names the one that is its own.
public final class OwnEvents implements Ownership {
  private static final Audience EVERYBODY = _ -> true;
  private static final Audience NOBODY = _ -> false;

  private final LiveCalls live;

  public OwnEvents(LiveCalls live) {
    this.live = live;
  }

  @Override
  public Audience of(JsonNode event) {
    String text = event.path("type").asText();
    if (text.equals("gap")) {
      return EVERYBODY;
    }
    return EventType.of(text) instanceof Known type ? of(type, event) : NOBODY;
  }

  @Override
  public Object calls(Owner owner) {
    return live.listCommitted().stream().filter(call -> OwnCalls.isOwn(call, owner)).toList();
  }

  private Audience of(Known type, JsonNode event) {
    return switch (type) {
      case CALL_STARTED, CALL_RINGING, CALL_ANSWERED, CALL_CHANGED, CALL_ENDED ->
          ofCall(record(event.path("data")));
      case CALLER_IDENTIFIED, CALL_JOINED -> ofExtensions(event.path("data"), "startedAt");
      case RECORDING_READY, RECORDING_FAILED, RECORDING_RENAMED, RECORDING_DELETED ->
          ofExtensions(event.path("data"), "callStartedAt");
      case VOICEMAIL_LEFT, VOICEMAIL_HEARD, VOICEMAIL_UNHEARD, VOICEMAIL_DELETED ->
          ofExtension(event.path("data").path("mailbox").asText(), event.path("at").asText());
      case DEVICE_REGISTERED, DEVICE_REMOVED, DEVICE_REFUSED ->
          ofExtension(event.path("data").path("extension").asText(), event.path("at").asText());
      case SIGN_IN_FAILED,
          EMERGENCY_CALLED,
          PROVISIONING_REFUSED,
          TRUNK_STATE,
          STORAGE_STATE,
          PROFILE_CREATED,
          PROFILE_UPDATED,
          PROFILE_DELETED,
          PROFILES_IMPORTED,
          PHONE_BOOK_CHANGED,
          NOTE_CREATED,
          NOTE_UPDATED,
          NOTE_DELETED,
          WEBHOOK_SUSPENDED ->
          NOBODY;
      case EXTENSION_STATE, COMPANY_CHANGED, SCHEDULE_SWITCHED -> EVERYBODY;
    };
  }

  private static Audience ofCall(Optional<CallRecord> call) {
    return call.<Audience>map(known -> owner -> OwnCalls.isOwn(known, owner)).orElse(NOBODY);
  }

  /// Of the extensions of a call that may have ended long ago, or is none of its own any more.
  ///
  /// @param startedAt the field that says when the call began
  private static Audience ofExtensions(JsonNode data, String startedAt) {
    Set<String> extensions = new HashSet<>();
    data.path("extensions").forEach(extension -> extensions.add(extension.asText()));
    return extensions.isEmpty()
        ? NOBODY
        : owner ->
            extensions.contains(owner.extension().digits())
                && !Instant.parse(data.path(startedAt).asText()).isBefore(owner.since());
  }

  private static Audience ofExtension(String extension, String at) {
    Instant happened = Instant.parse(at);
    return owner ->
        owner.extension().digits().equals(extension) && !happened.isBefore(owner.since());
  }

  /// One of another version belongs to nobody.
  private static Optional<CallRecord> record(JsonNode data) {
    try {
      return Optional.of(Json.mapper().treeToValue(data, CallRecord.class));
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
