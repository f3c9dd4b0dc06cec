package io.tamas.crm;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tamas.event.Audience;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import java.util.List;
import java.util.Optional;

/// The events of profiles.
final class ProfileEvents {
  private ProfileEvents() {}

  /// @param removedNumbers the numbers that it no longer has
  record Updated(@JsonUnwrapped Profile profile, List<String> removedNumbers) {}

  /// @param mergedInto the profile that has what it had
  record Deleted(long id, List<String> numbers, Optional<Long> mergedInto) {}

  static NewEvent created(Profile profile) {
    return new NewEvent(Known.PROFILE_CREATED, subject(profile), profile, Audience.Circle.USERS);
  }

  static NewEvent updated(Profile before, Profile after) {
    List<String> removed =
        numbers(before).stream().filter(number -> !numbers(after).contains(number)).toList();
    return new NewEvent(
        Known.PROFILE_UPDATED, subject(after), new Updated(after, removed), Audience.Circle.USERS);
  }

  static NewEvent deleted(Profile profile) {
    return deleted(profile, Optional.empty());
  }

  static NewEvent mergedInto(Profile profile, long other) {
    return deleted(profile, Optional.of(other));
  }

  private static NewEvent deleted(Profile profile, Optional<Long> mergedInto) {
    return new NewEvent(
        Known.PROFILE_DELETED,
        subject(profile),
        new Deleted(profile.id(), numbers(profile), mergedInto),
        Audience.Circle.USERS);
  }

  private static String subject(Profile profile) {
    return "profile:" + profile.id();
  }

  private static List<String> numbers(Profile profile) {
    return profile.numbers().stream().map(number -> number.number().e164()).toList();
  }
}
