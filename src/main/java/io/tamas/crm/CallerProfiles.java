package io.tamas.crm;

import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.ETag;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What somebody who knows a caller does with profiles.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class CallerProfiles {
  private final Profiles profiles;
  private final Supplier<WrittenNumbers> numbers;

  /// @param numbers by the plans of the company
  public CallerProfiles(Profiles profiles, Supplier<WrittenNumbers> numbers) {
    this.profiles = profiles;
    this.numbers = numbers;
  }

  public Optional<Profile> find(long id) {
    return profiles.find(id);
  }

  /// Gives a profile the number of its caller, by which the next call is known; unless it is that
  /// of somebody else. Whether the profile has it then.
  public boolean remember(long id, PhoneNumber number) {
    return profiles.remember(id, number);
  }

  /// Creates the profile that a request describes, with the number of its caller.
  ///
  /// @throws io.tamas.web.Problem 422 if it is wrong
  public Profile create(Request request, Optional<PhoneNumber> number) {
    Profile.Content content = request.body(ProfileDraft.class).content(numbers.get());
    List<Profile.Number> given = content.numbers();
    Stream<Profile.Number> added =
        number
            .filter(wanted -> given.stream().noneMatch(one -> one.number().equals(wanted)))
            .map(wanted -> new Profile.Number(wanted, NumberType.OTHER, "", given.isEmpty(), 0))
            .stream();
    return profiles.create(content.withNumbers(Stream.concat(given.stream(), added).toList()));
  }

  /// The answer to a request that created a profile.
  public static Response created(Profile profile) {
    Map<String, String> headers =
        Map.of("location", "/api/v1/profiles/" + profile.id(), "etag", ETag.of(profile.version()));
    return new Response.Body(201, headers, profile);
  }
}
