package io.tamas.crm;

import io.tamas.number.PhoneNumber;
import java.util.List;
import java.util.Optional;

/// The caller: the profiles that have the number, the likeliest first; empty for an unknown caller.
///
/// @param nameOutside by which another CRM knows the number
public record Caller(List<Candidate> candidates, Optional<String> nameOutside) {
  private static final Caller UNKNOWN = new Caller(List.of());

  public Caller(List<Candidate> candidates) {
    this(candidates, Optional.empty());
  }

  /// A profile that has the number.
  public record Candidate(long profile, String name) {}

  public static Caller unknown() {
    return UNKNOWN;
  }

  public Caller with(Optional<String> name) {
    return name.isEmpty() ? this : new Caller(candidates, name);
  }

  /// The name that is shown. A profile that was made by itself has its number as its name: of that
  /// the other CRM knows more.
  public Optional<String> name() {
    Optional<String> ours = likeliest().map(Candidate::name);
    return ours.filter(name -> nameOutside.isEmpty() || !PhoneNumber.isValid(name))
        .or(() -> nameOutside);
  }

  public Optional<Candidate> likeliest() {
    return candidates.stream().findFirst();
  }
}
