package io.tamas.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.web.Grant;
import io.tamas.web.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Somebody who may sign in.
///
/// @param name by which they sign in; it never changes
/// @param displayName as people read it
/// @param extension their phone; empty too once that extension was deleted
/// @param groups the extension groups that they supervise, by name
/// @param grants what they may beyond the role
/// @param oneTime whether they have not replaced a one-time password yet
record User(
    @JsonIgnore long id,
    String name,
    Optional<String> displayName,
    Optional<PhoneNumber> mobile,
    Optional<String> email,
    Role role,
    Optional<ExtensionNumber> extension,
    Set<String> groups,
    Set<Grant> grants,
    Settings settings,
    boolean oneTime,
    Instant createdAt,
    @JsonIgnore long version) {

  /// What users choose for themselves; what is empty is as the company or the console has it.
  ///
  /// @param language ISO 639
  /// @param zone a name of the IANA time zone database
  /// @param listLength rows of a list on one page
  /// @param ringing what a ringing call opens
  record Settings(
      Optional<String> language,
      Optional<CalendarKind> calendar,
      Optional<Digits> digits,
      Optional<String> zone,
      Optional<Integer> listLength,
      Optional<Ringing> ringing) {
    static final Settings NONE =
        new Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  enum CalendarKind {
    JALALI,
    GREGORIAN
  }

  enum Digits {
    LATIN,
    PERSIAN,
    ARABIC
  }

  enum Ringing {
    OPEN_PROFILE,
    NEW_PERSON,
    NEW_ORGANISATION,
    NOTHING
  }

  /// What an administrator says of a user.
  record Content(
      Optional<String> displayName,
      Optional<PhoneNumber> mobile,
      Optional<String> email,
      Role role,
      Optional<ExtensionNumber> extension,
      Set<String> groups,
      Set<Grant> grants,
      Settings settings) {

    /// What users have chosen for themselves stays unless something else is said.
    Content keeping(Settings chosen) {
      return settings.equals(Settings.NONE)
          ? new Content(displayName, mobile, email, role, extension, groups, grants, chosen)
          : this;
    }
  }
}
