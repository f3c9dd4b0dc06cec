package io.tamas.company;

import java.util.Map;
import java.util.Optional;

/// An example of each field that is a text, or holds some, by its name. Pure.
final class TextExamples {
  private static final Map<String, String> BY_FIELD =
      Map.ofEntries(
          Map.entry("addresses", "192.0.2.10"),
          Map.entry("audio", "0123456789abcdef".repeat(4)),
          Map.entry("authUser", "office-auth"),
          Map.entry("callerId", "+982191001000"),
          Map.entry("callers", "+98912*"),
          Map.entry("category", "lead"),
          Map.entry("countries", "IR"),
          Map.entry("email", "leila@example.com"),
          Map.entry("greeting", "welcome"),
          Map.entry("groups", "sales"),
          Map.entry("language", "fa"),
          Map.entry("mayCall", "sales"),
          Map.entry("mobile", "+989121234567"),
          Map.entry("name", "sales"),
          Map.entry("noInput", "again"),
          Map.entry("number", "110"),
          Map.entry("numberFrom", "To"),
          Map.entry("numbers", "+982191001000"),
          Map.entry("outgoing", "national"),
          Map.entry("outsidePrefix", "9"),
          Map.entry("prefix", "0"),
          Map.entry("proxy", "proxy.example.com"),
          Map.entry("schedule", "office"),
          Map.entry("server", "sip.example.com"),
          Map.entry("site", "tehran"),
          Map.entry("sound", "demo-congrats"),
          Map.entry("switchCode", "1"),
          Map.entry("switchGroups", "sales"),
          Map.entry("texts", "Welcome"),
          Map.entry("title", "Sales"),
          Map.entry("trunk", "provider"),
          Map.entry("trunks", "provider"),
          Map.entry("user", "02191001000"),
          Map.entry("wrongInput", "again"));

  /// The keys of those fields that are maps.
  private static final Map<String, String> KEYS =
      Map.of("audio", "fa", "delays", "101", "options", "1", "texts", "fa");

  private TextExamples() {}

  /// Empty for a field that is not known here.
  ///
  /// @param of the type that has the field
  static Optional<String> of(Class<?> of, String field) {
    return of == Extension.class && field.equals("name")
        ? Optional.of("Leila")
        : Optional.ofNullable(BY_FIELD.get(field));
  }

  /// A key of the map in a field.
  static String ofKey(String field) {
    return KEYS.getOrDefault(field, "…");
  }
}
