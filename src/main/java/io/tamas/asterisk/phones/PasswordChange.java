package io.tamas.asterisk.phones;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts out what registered with a former password, before the new one is written: it is no longer
/// rung, and its calls are hung up. Otherwise it would stay registered until it expires.
///
/// The former password is deleted first: after an interruption there is none, and the next attempt
/// puts out again.
final class PasswordChange {
  private static final Logger log = LoggerFactory.getLogger(PasswordChange.class);

  private final Ari ari;

  PasswordChange(Ari ari) {
    this.ari = ari;
  }

  /// Whether Asterisk holds devices that registered with another password than this one.
  ///
  /// @param password the `auth` that Asterisk holds
  /// @param devices the `aor` that Asterisk holds
  static boolean isDue(
      PjsipObject auth, Optional<HeldObject> password, Optional<HeldObject> devices) {
    boolean same =
        password.stream().anyMatch(held -> held.values("password").equals(auth.values("password")));
    return devices.isPresent() && !same;
  }

  /// With the `aor` Asterisk deletes its contacts (`aor_deleted_observer` in `location.c`).
  Future<Void> putOut(String endpoint, PjsipObject auth, PjsipObject aor) {
    log.atInfo().addKeyValue("extension", endpoint).log("a new password puts out the devices");
    Future<AriResponse> noPassword = ari.request(auth.delete());
    Future<AriResponse> noContacts = ari.request(aor.delete());
    Future<AriResponse> calls = ari.request(AriRequest.get("endpoints/PJSIP/" + endpoint));
    return Future.all(noPassword, noContacts, calls)
        .compose(_ -> Future.all(hangUp(calls.result())).mapEmpty());
  }

  private List<Future<AriResponse>> hangUp(AriResponse endpoint) {
    List<Future<AriResponse>> ending = new ArrayList<>();
    if (endpoint.ok()) {
      for (JsonNode id : endpoint.json().path("channel_ids")) {
        String path = URLEncoder.encode(id.asText(), StandardCharsets.UTF_8);
        ending.add(ari.request(AriRequest.delete("channels/" + path)));
      }
    }
    return ending;
  }
}
