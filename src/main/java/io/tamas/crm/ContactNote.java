package io.tamas.crm;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;

/// What somebody wrote down about a profile.
///
/// @param author the name of the key by which it was written
/// @param version grows by one with each change
public record ContactNote(
    long id,
    long profile,
    @JsonUnwrapped Content content,
    String author,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /// What it is about.
  public enum Kind {
    NOTE,
    CALL,
    MEETING,
    EMAIL,
    MESSAGE
  }

  /// @param text in lines
  /// @param call the id of the call that it is about
  public record Content(Kind kind, String text, Optional<String> call) {}
}
