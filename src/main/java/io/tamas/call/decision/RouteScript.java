package io.tamas.call.decision;

import io.tamas.asterisk.agi.Script;
import io.tamas.asterisk.agi.Variable;
import io.tamas.company.Company;
import io.tamas.company.Directory;
import io.tamas.crm.Caller;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Decision;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Question;
import io.tamas.routing.Routed;
import io.tamas.routing.Router;
import io.tamas.routing.Trace;
import io.tamas.routing.Trace.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the [#REQUESTS] of `dialplan/ask.conf`: identifies the caller and routes the call, with
/// the reasons.
///
/// Needs the company in memory only: without PostgreSQL the caller is unknown and the call is still
/// routed. A broken assumption, such as a trunk that the company does not have, fails the session,
/// and the dialplan refuses the call: its fallback is for a Tamas that does not answer.
public final class RouteScript implements Script {
  private static final Logger log = LoggerFactory.getLogger(RouteScript.class);

  /// The names of the requests that it answers.
  public static final Set<String> REQUESTS =
      Set.of("route", "next", "returned", "followed", "menu");

  /// What the dialplan is told where a session fails because of its call (`dialplan/ask.conf`).
  public static final Variable REFUSAL = new Variable("TAMAS_ACTION", "fault");

  private final Supplier<Directory> company;
  private final Circumstances circumstances;
  private final Callers callers;
  private final Settings settings;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /// Carries out changes that a phone requests by feature code.
  @FunctionalInterface
  public interface Settings {
    /// May wait.
    ///
    /// @return whether it was done
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
    return answer(request, SipHeaders.of(channel));
  }

  List<Variable> answer(AgiRequest request, SipHeaders headers) {
    Directory snapshot = company.get();
    if (isMissing(snapshot.company())) {
      return List.of();
    }
    DialplanRequest requested = DialplanRequest.read(request, headers, snapshot, clock.instant());
    Known known = known(requested, snapshot);
    Routed routed = Router.route(known.call(), requested.question(), snapshot, circumstances);
    boolean done =
        !(routed.decision() instanceof Decision.Change change) || settings.change(change);
    log.atInfo()
        .addKeyValue("call", requested.call().call())
        .addKeyValue("direction", routed.direction())
        .addKeyValue("rule", routed.rule())
        .addKeyValue("destination", routed.destination())
        .log("call routed");
    Caller caller = known.caller().orElseGet(() -> caller(requested));
    List<Variable> answer = new ArrayList<>(requested.corrections());
    answer.addAll(
        RoutePlan.of(
            requested.call(),
            caller,
            wholeName(request, requested, caller, snapshot),
            done ? routed : failed(routed),
            InvolvedGroups.of(requested.call(), routed, snapshot),
            recording(requested, routed)));
    answer.add(answer.size() - 1, JournalRoom.of(request, answer));
    return List.copyOf(answer);
  }

  /// Before any company was read Tamas knows no phone and no trunk: the dialplan does without it.
  private static boolean isMissing(Company company) {
    return company.extensions().isEmpty() && company.trunks().isEmpty();
  }

  /// @param caller if it had to be looked up for the decision
  private record Known(CallContext call, Optional<Caller> caller) {}

  /// Mostly the caller is looked up once the call is routed. Where the responsible operator may
  /// ring first, before; and who that is, for each question anew.
  private Known known(DialplanRequest requested, Directory snapshot) {
    CallContext call = requested.call();
    if (!snapshot.ringsResponsibleFirst() || !(call.origin() instanceof Origin.FromTrunk)) {
      return new Known(call, Optional.empty());
    }
    long since = System.nanoTime();
    Optional<Caller> caller =
        requested.question() instanceof Question.NewCall
            ? Optional.of(lookedUp(call))
            : Optional.empty();
    return new Known(call.with(callers.acquaintance(call, caller, since)), caller);
  }

  /// The caller is looked up by the first request only.
  private Caller caller(DialplanRequest requested) {
    return requested.question() instanceof Question.NewCall
        ? lookedUp(requested.call())
        : Caller.unknown();
  }

  /// Of a phone Asterisk shows what it holds of its extension's name.
  private static Optional<String> wholeName(
      AgiRequest request, DialplanRequest requested, Caller caller, Directory company) {
    if (!(requested.question() instanceof Question.NewCall)) {
      return Optional.empty();
    }
    return requested.call().origin() instanceof Origin.FromPhone(ExtensionNumber number)
        ? company
            .extension(number)
            .filter(_ -> !requested.transferred())
            .flatMap(by ->
                DisplayName.whole(
                    by.name(), Objects.requireNonNullElse(request.getCallerIdName(), "")))
        : caller
            .name()
            .map(name -> DisplayName.whole(name, DisplayName.of(name)))
            .orElseGet(() ->
                DisplayName.unquoted(Objects.requireNonNullElse(request.getCallerIdName(), "")));
  }

  private Caller lookedUp(CallContext call) {
    return call.caller()
        .phoneNumber()
        .map(number -> callers.find(number, call.call()))
        .orElseGet(Caller::unknown);
  }

  /// Not stored, although nothing speaks against it: mostly PostgreSQL is down.
  private static Routed failed(Routed change) {
    List<Step> steps = new ArrayList<>(change.trace().steps());
    steps.add(new Step(change.rule(), "not-stored"));
    return new Routed(
        change.direction(),
        new Decision.Refuse(Reason.UNAVAILABLE, Optional.of(SettingSounds.FAILED)),
        change.rule(),
        change.destination(),
        false,
        Optional.empty(),
        new Trace(List.copyOf(steps)));
  }

  /// A call has one recording from its start to its end, and each message a separate one.
  private Optional<UUID> recording(DialplanRequest requested, Routed routed) {
    return switch (routed.decision()) {
      case Decision.LeaveMessage _ -> Optional.of(ids.get());
      case Decision.Ring _, Decision.DialOut _ ->
          requested
              .recording()
              .or(() ->
                  routed.record() && !requested.transferred()
                      ? Optional.of(ids.get())
                      : Optional.empty());
      // a party that joins a call does not start another recording
      case Decision.PickUp _,
          Decision.Retrieve _,
          Decision.Listen _,
          Decision.Menu _,
          Decision.Announce _,
          Decision.Change _,
          Decision.Refuse _,
          Decision.End _ ->
          requested.recording();
    };
  }
}
