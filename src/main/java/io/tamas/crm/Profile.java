package io.tamas.crm;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A person or an organisation known to the company.
///
/// @param owner the extension of the responsible operator
/// @param fields the company's own fields, by name
/// @param version grows by one with each change
public record Profile(
    long id,
    Kind kind,
    String name,
    Optional<String> category,
    Optional<ExtensionNumber> owner,
    List<Number> numbers,
    Map<String, String> fields,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public enum Kind {
    @JsonProperty("person")
    PERSON,
    @JsonProperty("organisation")
    ORGANISATION
  }

  /// A number of a profile.
  ///
  /// @param label such as `mobile`; may be empty
  /// @param priority if several profiles have the number, the one with the higher priority comes
  ///   first
  public record Number(PhoneNumber number, String label, int priority) {}

  /// The fields of a profile that clients can write.
  public record Content(
      Kind kind,
      String name,
      Optional<String> category,
      Optional<ExtensionNumber> owner,
      List<Number> numbers,
      Map<String, String> fields) {}

  static Profile of(long id, Content content, long version, Instant createdAt, Instant updatedAt) {
    return new Profile(
        id,
        content.kind(),
        content.name(),
        content.category(),
        content.owner(),
        content.numbers(),
        content.fields(),
        version,
        createdAt,
        updatedAt);
  }
}
