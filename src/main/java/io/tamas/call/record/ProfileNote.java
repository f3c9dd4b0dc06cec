package io.tamas.call.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamas.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The profiles of the caller, found or made after the call was decided (user event
/// `TAMAS_PROFILE`): during the call, or after it.
///
/// Written as base64url of JSON, so that nothing in it can be syntax anywhere.
///
/// @param number of the caller (E.164)
/// @param candidates the profiles that have the number, the likeliest first
public record ProfileNote(String number, List<Candidate> candidates) {
  private static final int MAX_LENGTH = 40_000;

  public record Candidate(long profile, String name) {}

  public Optional<Candidate> likeliest() {
    return candidates.stream().findFirst();
  }

  public String encode() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(this).getBytes(UTF_8));
  }

  /// Empty for anything else, since a journal may contain anything, and for a NUL, which
  /// PostgreSQL's JSON cannot contain.
  @SuppressWarnings("ConstantValue")
  public static Optional<ProfileNote> decode(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String json = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      if (!json.endsWith("}") || json.contains("\\u0000")) {
        return Optional.empty();
      }
      return Optional.of(Json.read(json, ProfileNote.class))
          .filter(one -> Objects.nonNull(one.number) && Objects.nonNull(one.candidates))
          .filter(one -> one.candidates.stream().allMatch(all -> Objects.nonNull(all.name)))
          .filter(one -> !one.candidates.isEmpty());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }
}
