package io.tamas.crm;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tamas.number.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A person or an organisation known to the company.
///
/// @param organisationName the name of the organisation to which a person belongs
/// @param version grows by one with each change
public record Profile(
    long id,
    @JsonUnwrapped Content content,
    Optional<String> organisationName,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public enum Kind {
    @JsonProperty("person")
    PERSON,
    @JsonProperty("organisation")
    ORGANISATION;

    /// As the contract writes it.
    public static Kind ofWord(String word) {
      return word.equals("person") ? PERSON : ORGANISATION;
    }
  }

  /// A number of a profile.
  ///
  /// @param label in words of one's own, such as `mobile`; may be empty
  /// @param main whether it is the one to call first; exactly one of a profile's numbers is
  /// @param priority if several profiles have the number, the one with the higher priority comes
  ///   first
  public record Number(
      PhoneNumber number, NumberType type, String label, boolean main, int priority) {
    public Number withMain(boolean isMain) {
      return new Number(number, type, label, isMain, priority);
    }

    /// The same number as somebody else described it, where nothing is said of it here.
    Number describedBy(Number other) {
      boolean isPlain = type == NumberType.OTHER && label.isEmpty();
      return new Number(
          number,
          isPlain ? other.type : type,
          isPlain ? other.label : label,
          main,
          Math.max(priority, other.priority));
    }
  }

  /// The fields of a profile that clients can write.
  ///
  /// @param organisation the profile of the organisation to which a person belongs
  /// @param owner the name of the user who looks after it
  /// @param address of the post, in lines
  /// @param groups of the phone book, by id
  /// @param fields texts by names of one's own
  /// @param values in the fields of the company and of the groups
  public record Content(
      Kind kind,
      String name,
      Optional<Long> organisation,
      Optional<String> category,
      Optional<String> owner,
      List<Number> numbers,
      List<String> emails,
      Optional<String> address,
      List<Long> groups,
      Map<String, String> fields,
      List<FieldValue> values) {

    /// With other numbers, of which the first is the main one unless another is.
    public Content withNumbers(List<Number> others) {
      return new Content(
          kind,
          name,
          organisation,
          category,
          owner,
          NumberDraft.withMain(others),
          emails,
          address,
          groups,
          fields,
          values);
    }

    Content with(List<FieldValue> others) {
      return new Content(
          kind,
          name,
          organisation,
          category,
          owner,
          numbers,
          emails,
          address,
          groups,
          fields,
          others);
    }
  }

  public Kind kind() {
    return content.kind();
  }

  public String name() {
    return content.name();
  }

  public List<Number> numbers() {
    return content.numbers();
  }
}
