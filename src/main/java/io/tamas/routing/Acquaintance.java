package io.tamas.routing;

import io.tamas.company.Company.ResponsibleBy;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who of the company is responsible for a caller, as far as that is known at the moment.
///
/// @param owner of the caller's profile
/// @param ownerOutside of the caller in another CRM
/// @param lastTalk who talked with the caller last
public record Acquaintance(Responsible owner, Responsible ownerOutside, Responsible lastTalk) {
  /// With a caller of whom nothing is known.
  public static final Acquaintance NONE =
      new Acquaintance(Responsible.none("unknown-caller"), Responsible.none("no-talk"));

  /// Where no other CRM is asked.
  public Acquaintance(Responsible owner, Responsible lastTalk) {
    this(owner, Responsible.none(""), lastTalk);
  }

  /// @param extension empty: nobody
  /// @param why nobody, in a fixed word of the trace
  /// @param at when they talked; [Instant#MAX] for who is responsible at any time
  public record Responsible(Optional<ExtensionNumber> extension, String why, Instant at) {
    public static Responsible none(String why) {
      return new Responsible(Optional.empty(), why, Instant.MAX);
    }

    public static Responsible is(ExtensionNumber extension) {
      return since(extension, Instant.MAX);
    }

    public static Responsible since(ExtensionNumber extension, Instant at) {
      return new Responsible(Optional.of(extension), "", at);
    }
  }

  /// Whom one of the ways leads to, under the name of the trace.
  ///
  /// @param name such as `owner`
  record Candidate(String name, Responsible responsible) {}

  /// In the order in which they are considered.
  List<Candidate> by(ResponsibleBy way) {
    return switch (way) {
      case OWNER ->
          ownerOutside.extension().isEmpty()
              ? List.of(new Candidate("owner", owner))
              : List.of(
                  new Candidate("owner", owner), new Candidate("owner-outside", ownerOutside));
      case LAST_TALK -> List.of(new Candidate("last-talk", lastTalk));
    };
  }
}
