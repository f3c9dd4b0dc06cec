package io.tamas.routing;

import io.tamas.company.Company.ResponsibleFirst;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Forwards;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Acquaintance.Candidate;
import io.tamas.routing.Acquaintance.Responsible;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision.Stage;
import java.util.List;
import java.util.Optional;

/// Rings whoever is responsible for an external caller, alone, before a route or a ring group does
/// what it says. One who cannot be reached at once is passed over: this is a step of the call, in
/// which neither forwards nor a mailbox of that extension apply.
final class ResponsibleOperator {
  private ResponsibleOperator() {}

  /// The first of them who can ring now; empty if there is none, and the trace says why.
  static Optional<Routed> ring(Optional<ResponsibleFirst> option, Routing routing) {
    if (option.isEmpty() || !(routing.call.origin() instanceof Origin.FromTrunk)) {
      return Optional.empty();
    }
    ResponsibleFirst first = option.get();
    return first.by().stream()
        .flatMap(way -> routing.call.known().by(way).stream())
        .flatMap(candidate -> free(candidate, first, routing).stream())
        .findFirst()
        .map(extension -> ring(extension, first, routing));
  }

  private static Routed ring(Extension extension, ResponsibleFirst first, Routing routing) {
    routing.moveTo(routing.position().ringingFirst(extension.number()));
    return routing.decide(
        new Decision.Ring(List.of(Stage.of(extension.number(), first.longest()))),
        routing.isRecordedAt(extension),
        true);
  }

  private static Optional<Extension> free(
      Candidate candidate, ResponsibleFirst first, Routing routing) {
    Responsible found = candidate.responsible();
    if (found.extension().isEmpty()) {
      routing.considered(candidate.name(), found.why());
      return Optional.empty();
    }
    ExtensionNumber number = found.extension().get();
    Optional<Extension> extension = routing.company.extension(number);
    String why =
        found.at().isBefore(routing.call.at().minus(first.longestAgo()))
            ? "too-long-ago"
            : routing.position().hasRungFirst(number) ? "tried-already" : why(extension, routing);
    routing.considered(candidate.name() + ":" + number, why.isEmpty() ? "matched" : why);
    return extension.filter(_ -> why.isEmpty());
  }

  /// Why it cannot ring; empty if it can, and is taken then.
  private static String why(Optional<Extension> found, Routing routing) {
    if (found.isEmpty()) {
      return "missing";
    }
    Extension extension = found.get();
    if (extension.forwards().orElse(Forwards.NONE).always().isPresent()) {
      return "skipped-forward";
    }
    if (extension.doNotDisturb()) {
      return "skipped-do-not-disturb";
    }
    boolean isFree =
        !routing.now.isBusy(routing.call, extension.number())
            && routing.now.take(routing.call, extension.number());
    return isFree ? "" : "skipped-busy";
  }
}
