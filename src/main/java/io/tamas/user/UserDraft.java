package io.tamas.user;

import io.tamas.calendar.TimeZones;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.text.EmailAddress;
import io.tamas.text.Printable;
import io.tamas.user.User.Settings;
import io.tamas.web.Grant;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A user as an administrator sends it: what the contract can check is checked.
record UserDraft(
    Optional<String> displayName,
    Optional<String> mobile,
    Optional<String> email,
    Role role,
    Optional<ExtensionNumber> extension,
    Optional<Set<String>> groups,
    Optional<Set<Grant>> grants,
    Optional<Settings> settings) {

  /// The valid content.
  ///
  /// @param by reads the mobile number
  /// @throws Problem with all faults
  User.Content content(WrittenNumbers by) {
    List<Fault> faults = new ArrayList<>();
    Optional<String> shown = displayName.map(Printable::visible).map(String::strip);
    shown
        .filter(String::isEmpty)
        .ifPresent(_ -> faults.add(new Fault("/displayName", "must not be blank")));
    Optional<PhoneNumber> number = mobile.flatMap(text -> number(text, by, faults));
    Set<String> supervised = groups.orElse(Set.of());
    if (role != Role.SUPERVISOR && !supervised.isEmpty()) {
      faults.add(new Fault("/groups", "must be empty: only a SUPERVISOR has groups"));
    }
    Optional<String> address = email.map(Printable::visible).map(String::strip);
    address
        .filter(text -> !EmailAddress.isValid(text))
        .ifPresent(_ -> faults.add(new Fault("/email", EmailAddress.RULE)));
    Settings chosen = settings.orElse(Settings.NONE);
    faults.addAll(faults("/settings", chosen));
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new User.Content(
        shown, number, address, role, extension, supervised, grants.orElse(Set.of()), chosen);
  }

  /// What is wrong with the settings of a user.
  static List<Fault> faults(String pointer, Settings settings) {
    return settings
        .zone()
        .filter(zone -> !TimeZones.isName(zone))
        .map(zone ->
            new Fault(
                pointer + "/zone",
                "must be a time zone of the IANA database such as \"%s\""
                    .formatted(TimeZones.near(zone))))
        .stream()
        .toList();
  }

  private static Optional<PhoneNumber> number(String text, WrittenNumbers by, List<Fault> faults) {
    switch (by.read(text)) {
      case Read.Number(PhoneNumber number) -> {
        return Optional.of(number);
      }
      case Read.Short _ -> faults.add(new Fault("/mobile", WrittenNumbers.RULE));
      case Read.Wrong(String rule) -> faults.add(new Fault("/mobile", rule));
    }
    return Optional.empty();
  }
}
