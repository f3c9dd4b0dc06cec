package io.tamas.call.decision;

import io.tamas.asterisk.agi.Script;
import io.tamas.asterisk.agi.Variable;
import io.tamas.company.Directory;
import io.tamas.crm.Caller;
import io.tamas.routing.CallContext;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Decision;
import io.tamas.routing.Question;
import io.tamas.routing.Routed;
import io.tamas.routing.Router;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the [#QUESTIONS] of `dialplan/ask.conf`: who calls, what becomes of the call, and why.
///
/// Needs the company in memory only: without PostgreSQL the caller is unknown and the call is
/// routed. A broken assumption, such as a trunk that the company does not have, fails the session,
/// and the dialplan rings the fallback.
public final class RouteScript implements Script {
  private static final Logger log = LoggerFactory.getLogger(RouteScript.class);

  /// The names under which it is asked.
  public static final Set<String> QUESTIONS = Set.of("route", "next", "returned", "menu");

  private final Supplier<Directory> company;
  private final Circumstances circumstances;
  private final Callers callers;
  private final Settings settings;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /// Carries out what a phone changes by a code.
  @FunctionalInterface
  public interface Settings {
    /// @return whether it was done; may wait
    boolean change(Decision.Change change);
  }

  /// @param company the newest snapshot
  /// @param ids new ids of recordings
  public RouteScript(
      Supplier<Directory> company,
      Circumstances circumstances,
      Callers callers,
      Settings settings,
      Clock clock,
      Supplier<UUID> ids) {
    this.company = company;
    this.circumstances = circumstances;
    this.callers = callers;
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public List<Variable> run(AgiRequest request, AgiChannel channel) {
    return answer(request);
  }

  List<Variable> answer(AgiRequest request) {
    Directory snapshot = company.get();
    AskedCall asked = AskedCall.read(request, snapshot, clock.instant());
    Routed routed = Router.route(asked.call(), asked.question(), snapshot, circumstances);
    boolean done =
        !(routed.decision() instanceof Decision.Change change) || settings.change(change);
    log.atInfo()
        .addKeyValue("call", asked.call().call())
        .addKeyValue("direction", routed.direction())
        .addKeyValue("rule", routed.rule())
        .addKeyValue("destination", routed.destination())
        .log("a call is led");
    return RoutePlan.of(
        asked.call(), caller(asked), done ? routed : failed(routed), recording(asked, routed));
  }

  /// Who calls is known after the first question.
  private Caller caller(AskedCall asked) {
    return asked.question() instanceof Question.NewCall ? lookedUp(asked.call()) : Caller.unknown();
  }

  private Caller lookedUp(CallContext call) {
    return call.caller()
        .phoneNumber()
        .map(number -> callers.find(number, call.channel()))
        .orElseGet(Caller::unknown);
  }

  private static Routed failed(Routed change) {
    return new Routed(
        change.direction(),
        new Decision.Announce(List.of(ChangeVoice.FAILED)),
        change.rule(),
        change.destination(),
        false,
        Optional.empty(),
        change.trace());
  }

  /// A call has one recording from its beginning to its end, and each message one of its own.
  private Optional<UUID> recording(AskedCall asked, Routed routed) {
    return switch (routed.decision()) {
      case Decision.LeaveMessage _ -> Optional.of(ids.get());
      case Decision.Ring _, Decision.DialOut _ ->
          asked
              .recording()
              .or(() ->
                  routed.record() && !asked.handedOn() ? Optional.of(ids.get()) : Optional.empty());
      // who comes to a call that is recorded or not does not begin another recording
      case Decision.PickUp _,
          Decision.Retrieve _,
          Decision.Listen _,
          Decision.Menu _,
          Decision.Announce _,
          Decision.Change _,
          Decision.Refuse _,
          Decision.End _ ->
          asked.recording();
    };
  }
}
