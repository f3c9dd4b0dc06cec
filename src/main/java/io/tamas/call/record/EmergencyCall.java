package io.tamas.call.record;

import io.tamas.text.Printable;
import java.time.Instant;
import java.util.Optional;

/// Somebody calls an emergency number.
///
/// @param call its id
/// @param number that is called
/// @param extension that calls, or that has transferred the call
/// @param name of the extension, as its phone shows it
/// @param site of the extension
/// @param address `host:port` of the phone
public record EmergencyCall(
    String call,
    String number,
    String extension,
    String name,
    Optional<String> site,
    Optional<String> address,
    Instant at) {
  /// What the dialplan writes instead of a site.
  private static final String EVERYWHERE = "everywhere";

  /// Reads what the dialplan has written: `110|101|tehran|192.0.2.7%3A5060`.
  ///
  /// @param name of who calls
  public static EmergencyCall of(String call, String note, String name, Instant at) {
    String[] parts = note.split("\\|", -1);
    return new EmergencyCall(
        call,
        part(parts, 0),
        part(parts, 1),
        Printable.of(name),
        Optional.of(part(parts, 2)).filter(site -> !site.isEmpty() && !site.equals(EVERYWHERE)),
        Optional.of(part(parts, 3).replace("%3A", ":").replace("%5B", "[").replace("%5D", "]"))
            .filter(text -> text.matches("[0-9A-Fa-f:.\\[\\]]{3,60}")),
        at);
  }

  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : "";
  }
}
