package io.tamas.call.control;

import io.tamas.company.Directory;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Decision.Refuse;
import io.tamas.routing.Question;
import io.tamas.routing.Routed;
import io.tamas.routing.Router;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Refuses what an extension is asked to dial and may not, before its phone rings for nothing. The
/// call itself is decided when it is made; only refusals that do not depend on the moment are told
/// here.
public final class DialRight {
  private static final String ASKED = "asked";

  private final Supplier<Directory> company;
  private final Circumstances circumstances;
  private final InstantSource clock;

  /// @param circumstances in which nothing is counted
  public DialRight(Supplier<Directory> company, Circumstances circumstances, InstantSource clock) {
    this.company = company;
    this.circumstances = circumstances;
    this.clock = clock;
  }

  /// @param dialled digits, `+`, `*`, `#`
  /// @return `dialled`
  /// @throws Problem 422 if the extension may not call it, or if there is nothing to be called
  String require(ExtensionNumber by, String dialled) {
    Directory now = company.get();
    now.extension(by)
        .map(own -> CallContext.ofPhone(ASKED, own, dialled, now, clock.instant()))
        .map(call -> Router.route(call, new Question.NewCall(), now, circumstances))
        .flatMap(DialRight::refusal)
        .ifPresent(rule -> {
          throw Problem.invalid(List.of(new Fault("/to", rule)));
        });
    return dialled;
  }

  private static Optional<String> refusal(Routed routed) {
    return routed.decision() instanceof Refuse(Reason reason, Optional<String> _)
        ? switch (reason) {
          case UNALLOCATED ->
              Optional.of("must be an extension of the company or a number that exists");
          case FORBIDDEN ->
              Optional.of(
                  "must be a number that the extension may call: refused by " + routed.rule());
          case BUSY, LOOP, NO_TRUNK, LIMIT, UNAVAILABLE -> Optional.empty();
        }
        : Optional.empty();
  }
}
