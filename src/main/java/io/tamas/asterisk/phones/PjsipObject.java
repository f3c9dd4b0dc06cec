package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.AriRequest;
import java.util.List;
import java.util.Map;

/// A configuration object of PJSIP, in the form of `asterisk/config/dynamic`.
///
/// @param type `auth`, `aor`, `endpoint`, `registration`, `identify` or `contact`
/// @param id as in a URI
record PjsipObject(String type, String id, List<Field> fields) {
  private static final String DYNAMIC = "asterisk/config/dynamic/res_pjsip/";

  record Field(String attribute, String value) {}

  boolean isA(String kind) {
    return type.equals(kind);
  }

  boolean has(String attribute) {
    return fields.stream().anyMatch(field -> field.attribute().equals(attribute));
  }

  /// Those of a field; an empty one is none.
  List<String> values(String attribute) {
    return fields.stream()
        .filter(field -> field.attribute().equals(attribute) && !field.value().isEmpty())
        .map(Field::value)
        .toList();
  }

  AriRequest get() {
    return AriRequest.get(uri());
  }

  AriRequest put() {
    return AriRequest.put(uri(), Map.of("fields", fields));
  }

  AriRequest delete() {
    return AriRequest.delete(uri());
  }

  /// Whether both are the same object in Asterisk, whatever their fields.
  boolean isSameAs(PjsipObject other) {
    return type.equals(other.type) && id.equals(other.id);
  }

  private String uri() {
    return DYNAMIC + type + "/" + id;
  }

  /// Without the fields: one of them is a password.
  @Override
  public String toString() {
    return type + "/" + id;
  }
}
