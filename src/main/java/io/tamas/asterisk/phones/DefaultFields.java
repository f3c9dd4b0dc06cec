package io.tamas.asterisk.phones;

import static io.tamas.asterisk.phones.PjsipObjects.object;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.asterisk.phones.PjsipObject.Field;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values that Asterisk gives to fields which are not written, by type of object: read from
/// objects that are created for it and deleted at once.
record DefaultFields(Map<String, HeldObject> byType) {
  static final DefaultFields UNKNOWN = new DefaultFields(Map.of());

  private static final String ID = "tamas-blank";

  /// Nobody can be identified as this endpoint, since no address belongs to it.
  private static final List<PjsipObject> BLANKS =
      List.of(
          object(
              "auth",
              ID,
              new Field("auth_type", "digest"),
              new Field("username", ID),
              new Field("password", ID)),
          object("aor", ID),
          object(
              "endpoint",
              ID,
              new Field("identify_by", "ip"),
              new Field("context", ID),
              new Field("allow", "!all,ulaw")));

  /// An `identify` cannot be blank. Its other fields would each identify further callers.
  private static final HeldObject IDENTIFY =
      new HeldObject(Map.of("match_header", List.of(), "match_request_uri", List.of()));

  static Future<DefaultFields> read(Ari ari) {
    List<Future<AriResponse>> answers =
        BLANKS.stream()
            .map(blank -> {
              ari.request(blank.delete());
              Future<AriResponse> answer = ari.request(blank.put());
              ari.request(blank.delete());
              return answer;
            })
            .toList();
    return Future.join(answers).map(_ -> of(answers));
  }

  private static DefaultFields of(List<Future<AriResponse>> answers) {
    Map<String, HeldObject> byType = new HashMap<>();
    byType.put("identify", IDENTIFY);
    for (int i = 0; i < BLANKS.size(); i++) {
      PjsipObject blank = BLANKS.get(i);
      HeldObject.of(answers.get(i).result()).ifPresent(held -> byType.put(blank.type(), held));
    }
    return new DefaultFields(Map.copyOf(byType));
  }

  /// Empty if they are not known.
  HeldObject of(PjsipObject object) {
    return byType.getOrDefault(object.type(), HeldObject.EMPTY);
  }
}
