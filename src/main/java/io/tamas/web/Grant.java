package io.tamas.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/// What a user may be given beyond the role. An operation that names it is open to whoever has it,
/// and where it is about extensions, about all of them.
public enum Grant {
  /// Makes calls for any extension, and acts on any call.
  CALL,
  /// Hears the recordings of any call.
  LISTEN,
  /// Deletes and merges profiles, deletes their notes, imports and exports the phone book.
  CONTACTS,
  /// Reads the company and the states of its trunks.
  SEE_SETTINGS;

  /// @throws IllegalArgumentException if there is no grant of that name
  @JsonCreator
  public static Grant of(String text) {
    return valueOf(text.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /// As in the contract and in texts.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
