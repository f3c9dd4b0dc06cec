package io.tamas.call.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamas.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The profiles of the caller, found, made or named by somebody after the call was decided (user
/// event `TAMAS_PROFILE`): during the call, or after it.
///
/// Written as base64url of JSON, so that nothing in it can be syntax anywhere.
///
/// @param number of the caller (E.164)
/// @param candidates the profiles that have the number, the likeliest first; none if somebody said
///   that it is nobody known
/// @param by the name of the key of whoever said who it is; empty if it was found
public record ProfileNote(String number, List<Candidate> candidates, Optional<String> by) {
  private static final int MAX_LENGTH = 40_000;

  public record Candidate(long profile, String name) {}

  /// What was found.
  public static ProfileNote found(String number, List<Candidate> candidates) {
    return new ProfileNote(number, candidates, Optional.empty());
  }

  /// What somebody said.
  ///
  /// @param who empty for nobody known
  public static ProfileNote said(String number, Optional<Candidate> who, String by) {
    return new ProfileNote(number, who.stream().toList(), Optional.of(by));
  }

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
          .filter(one -> !one.candidates.isEmpty() || one.by.isPresent());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }
}
