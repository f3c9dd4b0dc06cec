package io.tamas.asterisk.ari;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The requests at the start of each connection: Asterisk's identity, the filter for the events
/// that Tamas uses, and the subscription to the states of all devices.
///
/// The first response also marks the point in the stream before which all events are old: Asterisk
/// writes what it queued while Tamas was down before it reads.
final class AriSetup {
  private static final String APPLICATION = "applications/tamas";
  private static final String ALL_DEVICES = "__AST_DEVICE_STATE_ALL_TOPIC";

  /// Responses to requests pass through the filter, too.
  private static final List<String> WANTED =
      List.of("RESTResponse", "ApplicationRegistered", "DeviceStateChanged");

  private final Ari ari;

  /// @param startedAt when Asterisk's process started
  record Result(Instant startedAt, String version) {}

  AriSetup(Ari ari) {
    this.ari = ari;
  }

  Future<Result> run() {
    return ask(AriRequest.get("asterisk/info"))
        .map(info -> result(info.json()))
        .compose(result -> filter().compose(done -> devices()).map(done -> result));
  }

  private Future<AriResponse> filter() {
    List<Map<String, String>> allowed = WANTED.stream().map(type -> Map.of("type", type)).toList();
    return ask(AriRequest.put(APPLICATION + "/eventFilter", Map.of("allowed", allowed)));
  }

  /// Nothing else is subscribed to: with `subscribe_all` Asterisk would write each change of each
  /// variable of each channel as JSON before the filter drops it, a third of what a call costs it.
  /// Each further subscription would send each event once more.
  private Future<AriResponse> devices() {
    return ask(AriRequest.get(APPLICATION))
        .compose(application -> {
          for (JsonNode name : application.json().path("device_names")) {
            if (name.asText().equals(ALL_DEVICES)) {
              return Future.succeededFuture(application);
            }
          }
          return ask(
              AriRequest.post(
                  APPLICATION + "/subscription", Map.of("eventSource", "deviceState:")));
        });
  }

  private Future<AriResponse> ask(AriRequest request) {
    return ari.request(request)
        .map(answer -> {
          if (!answer.ok()) {
            throw new AriFault(
                AriFault.Kind.GARBAGE,
                request.method() + " " + request.uri() + " answered " + answer.status());
          }
          return answer;
        });
  }

  private static Result result(JsonNode info) {
    String started = info.path("status").path("startup_time").asText();
    try {
      return new Result(
          AriMessage.timestamp(started), info.path("system").path("version").asText());
    } catch (DateTimeException e) {
      throw new AriFault(AriFault.Kind.GARBAGE, "no startup_time in asterisk/info");
    }
  }
}
