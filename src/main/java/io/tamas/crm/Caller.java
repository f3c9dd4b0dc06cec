package io.tamas.crm;

import java.util.List;
import java.util.Optional;

/// The caller: the profiles that have the number, the likeliest first; empty for an unknown caller.
public record Caller(List<Candidate> candidates) {
  private static final Caller UNKNOWN = new Caller(List.of());

  /// A profile that has the number.
  public record Candidate(long profile, String name) {}

  public static Caller unknown() {
    return UNKNOWN;
  }

  public Optional<Candidate> likeliest() {
    return candidates.stream().findFirst();
  }
}
