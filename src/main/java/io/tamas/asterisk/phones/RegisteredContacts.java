package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.asterisk.phones.PjsipObject.Field;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The contacts with which phones registered at an `aor`.
///
/// Asterisk returns them as values of `aor.contact`, like those that were configured. An update of
/// the `aor` would therefore make them permanent, and its deletion deletes them
/// (`aor_deleted_observer` in `res_pjsip/location.c`): so it is deleted, created, and its contacts
/// are created again.
final class RegisteredContacts {
  /// Asterisk deletes the contacts a moment after the `aor`, on another thread.
  private static final int MAX_LOOKS = 500;

  private final Ari ari;

  RegisteredContacts(Ari ari) {
    this.ari = ari;
  }

  /// Those of an `aor`, each as an object of its own.
  Future<List<PjsipObject>> of(PjsipObject aor, HeldObject held) {
    List<String> uris = held.values("contact").stream().distinct().toList();
    List<Future<AriResponse>> answers =
        uris.stream().map(uri -> ari.request(contact(aor, uri, List.of()).get())).toList();
    return Future.join(answers)
        .map(_ ->
            IntStream.range(0, uris.size())
                .filter(i -> answers.get(i).result().ok())
                .mapToObj(i -> contact(aor, uris.get(i), fields(answers.get(i).result())))
                .toList());
  }

  static List<String> uris(List<PjsipObject> contacts) {
    return contacts.stream().flatMap(contact -> contact.values("uri").stream()).toList();
  }

  /// Ends when Asterisk has deleted all of them, as it does once their `aor` is deleted: whatever
  /// is created before that would be deleted, too, and becomes permanent if it is there when the
  /// `aor` is created.
  Future<Void> gone(List<PjsipObject> contacts) {
    return Future.all(contacts.stream().map(contact -> gone(contact, MAX_LOOKS)).toList())
        .mapEmpty();
  }

  private Future<AriResponse> gone(PjsipObject contact, int looks) {
    return looks == 0
        ? ari.request(contact.delete())
        : ari.request(contact.get())
            .compose(
                found -> found.ok() ? gone(contact, looks - 1) : Future.succeededFuture(found));
  }

  private static List<Field> fields(AriResponse answer) {
    Map<String, List<String>> fields =
        HeldObject.of(answer).map(HeldObject::fields).orElse(Map.of());
    return fields.entrySet().stream()
        .flatMap(field -> field.getValue().stream().map(value -> new Field(field.getKey(), value)))
        .toList();
  }

  /// Its name is made from the URI (`ast_sip_location_create_contact`).
  private static PjsipObject contact(PjsipObject aor, String uri, List<Field> fields) {
    return new PjsipObject("contact", aor.id() + "%3B%40" + md5(uri), fields);
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
