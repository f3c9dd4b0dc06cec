package io.tamas.call;

import io.tamas.asterisk.agi.Script;
import io.tamas.asterisk.agi.Variable;
import io.tamas.company.Directory;
import io.tamas.crm.Caller;
import io.tamas.routing.CallContext;
import io.tamas.routing.Decision;
import io.tamas.routing.Routed;
import io.tamas.routing.Router;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiRequest;

/// Answers `AGI(agi://…/route,trunk,<trunk>)` and `…/route,phone,<extension>`: who calls, what
/// becomes of the call, and why.
///
/// Needs the company in memory only: without PostgreSQL the caller is unknown and the call is
/// routed. A broken assumption, such as a trunk that the company does not have, fails the session,
/// and the dialplan rings the fallback.
public final class RouteScript implements Script {
  private final Supplier<Directory> company;
  private final Callers callers;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /// @param company the newest snapshot
  /// @param ids new ids of recordings
  public RouteScript(
      Supplier<Directory> company, Callers callers, Clock clock, Supplier<UUID> ids) {
    this.company = company;
    this.callers = callers;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public List<Variable> run(AgiRequest request, AgiChannel channel) {
    return answer(request);
  }

  List<Variable> answer(AgiRequest request) {
    Directory snapshot = company.get();
    CallContext call = AskedCall.read(request, snapshot, clock.instant());
    Caller caller =
        call.caller()
            .phoneNumber()
            .map(number -> callers.find(number, call.channel()))
            .orElseGet(Caller::unknown);
    Routed routed = Router.route(call, snapshot);
    boolean recorded = routed.record() && routed.decision() instanceof Decision.Ring;
    Optional<UUID> recording = recorded ? Optional.of(ids.get()) : Optional.empty();
    return RoutePlan.of(call, caller, routed, recording);
  }
}
