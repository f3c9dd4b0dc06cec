package io.tamas.crm;

import io.tamas.event.Audience;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import java.util.Optional;

/// The events of the groups and fields of the phone book.
final class PhoneBookEvents {
  private PhoneBookEvents() {}

  enum Change {
    CREATED,
    UPDATED,
    DELETED
  }

  private record Changed(
      Change change, Optional<ProfileGroup> group, Optional<ProfileField> field) {}

  static NewEvent of(Change change, ProfileGroup group) {
    return new NewEvent(
        Known.PHONE_BOOK_CHANGED,
        "profile-group:" + group.id(),
        new Changed(change, Optional.of(group), Optional.empty()),
        Audience.Circle.USERS);
  }

  static NewEvent of(Change change, ProfileField field) {
    return new NewEvent(
        Known.PHONE_BOOK_CHANGED,
        "profile-field:" + field.id(),
        new Changed(change, Optional.empty(), Optional.of(field)),
        Audience.Circle.USERS);
  }
}
