package io.tamas.crm;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;

/// A field that the company gives its profiles, or those of a group.
///
/// @param version grows by one with each change
public record ProfileField(long id, @JsonUnwrapped Content content, long version) {

  /// @param several whether a profile may have several values
  /// @param choices of which one is a value; only of a choice
  /// @param group whose profiles have it; none: all profiles
  public record Content(
      String name, FieldType type, boolean several, List<String> choices, Optional<Long> group) {}
}
