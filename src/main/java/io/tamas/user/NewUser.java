package io.tamas.user;

import io.tamas.number.ExtensionNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.user.User.Settings;
import io.tamas.web.Grant;
import io.tamas.web.Role;
import java.util.Optional;
import java.util.Set;

/// A user to be created, as an administrator sends it.
record NewUser(
    String name,
    Optional<String> displayName,
    Optional<String> mobile,
    Optional<String> email,
    Role role,
    Optional<ExtensionNumber> extension,
    Optional<Set<String>> groups,
    Optional<Set<Grant>> grants,
    Optional<Settings> settings) {

  User.Content content(WrittenNumbers by) {
    return new UserDraft(displayName, mobile, email, role, extension, groups, grants, settings)
        .content(by);
  }
}
