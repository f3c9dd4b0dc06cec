package io.tamas.call.decision;

import io.tamas.call.record.Action;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Destination.ToNumber;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Decision;
import io.tamas.routing.Dialled;
import io.tamas.routing.DialledKind;
import io.tamas.routing.Position;
import io.tamas.routing.Question;
import io.tamas.routing.Question.Outcome;
import io.tamas.routing.Routed;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Router;
import io.tamas.routing.Trace;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What would happen to a call, by the same function that decides about real ones; nothing is
/// counted and no phone rings.
public final class SimulateRoutes implements Api {
  private static final String SIMULATED = "simulated";

  private final Supplier<Directory> company;
  private final Circumstances circumstances;
  private final Callers callers;
  private final Clock clock;

  /// @param callers is asked who is responsible for a caller only: nothing is tied to a simulation
  public SimulateRoutes(
      Supplier<Directory> company, Circumstances circumstances, Callers callers, Clock clock) {
    this.company = company;
    this.circumstances = circumstances;
    this.callers = callers;
    this.clock = clock;
  }

  /// @param trunk on which the call comes in, with the caller's number in `from`; else `from` is an
  ///   extension
  /// @param at else now
  /// @param answers the outcome at each destination that the call reaches, in order: `busy`,
  ///   `no-answer`, `unreachable`, or what is dialled in a menu (`key:1`, `nothing`)
  private record Simulation(
      Optional<String> trunk,
      String from,
      String to,
      Optional<Instant> at,
      Optional<List<String>> answers) {}

  /// @param then the outcome at the destination, if it was given
  private record Step(
      Direction direction,
      Action decision,
      String rule,
      String destination,
      boolean recorded,
      List<String> rings,
      Trace trace,
      Optional<String> then) {}

  /// @param dialled which of the things that a phone can dial it was; absent for a trunk's call
  private record Simulated(Optional<String> dialled, List<Step> steps) {}

  @Override
  public void mount(Operations on) {
    on.on("simulateCall", this::simulate);
  }

  private Response simulate(Request request) {
    Simulation simulation = request.body(Simulation.class);
    requireReached(request, simulation);
    Directory snapshot = company.get();
    CallContext call = known(call(simulation, snapshot), snapshot);
    List<Step> steps = new ArrayList<>();
    Question question = new Question.NewCall();
    List<String> answers = new ArrayList<>(simulation.answers().orElse(List.of()));
    while (true) {
      Routed routed = Router.route(call, question, snapshot, circumstances);
      Optional<String> answer =
          routed.then().isPresent() && !answers.isEmpty()
              ? Optional.of(answers.removeFirst())
              : Optional.empty();
      steps.add(step(routed, answer));
      if (answer.isEmpty()) {
        return Response.ok(new Simulated(dialled(call, snapshot), List.copyOf(steps)));
      }
      question = question(routed.then().orElseThrow(), answer.get(), routed.decision());
    }
  }

  /// Calls from outside reach everybody.
  private static void requireReached(Request request, Simulation simulation) {
    if (simulation.trunk().isPresent() && request.extensions().isPresent()) {
      throw Problem.forbidden(
          "only calls of one's own extensions can be simulated, not of a trunk");
    }
    Optional.of(simulation.from())
        .filter(ExtensionNumber::isValid)
        .map(ExtensionNumber::new)
        .filter(_ -> simulation.trunk().isEmpty())
        .ifPresent(request::requireReached);
  }

  private CallContext known(CallContext call, Directory snapshot) {
    return snapshot.ringsResponsibleFirst() && call.origin() instanceof Origin.FromTrunk
        ? call.with(callers.acquaintance(call, Optional.empty(), System.nanoTime()))
        : call;
  }

  private CallContext call(Simulation simulation, Directory snapshot) {
    Instant at = simulation.at().orElseGet(clock::instant);
    return simulation
        .trunk()
        .map(name -> fromTrunk(simulation, trunk(name, snapshot), snapshot, at))
        .orElseGet(() -> fromPhone(simulation, snapshot, at));
  }

  private static Optional<String> dialled(CallContext call, Directory snapshot) {
    return call.origin() instanceof Origin.FromPhone(ExtensionNumber number)
        ? snapshot.extension(number).map(caller -> DialledKind.of(call, caller, snapshot).text())
        : Optional.empty();
  }

  private static Trunk trunk(String name, Directory snapshot) {
    return snapshot.trunk(name).orElseThrow(() -> invalid("/trunk", "must be the name of a trunk"));
  }

  private static CallContext fromTrunk(
      Simulation simulation, Trunk trunk, Directory snapshot, Instant at) {
    String number = NumberingPlan.digits(simulation.to()).orElse(simulation.to());
    return new CallContext(
        SIMULATED,
        SIMULATED,
        new Origin.FromTrunk(trunk.name()),
        TrunkCaller.read(simulation.from(), trunk.plan(), snapshot),
        Dialled.byTrunk(number, trunk, snapshot),
        number,
        at);
  }

  private static CallContext fromPhone(Simulation simulation, Directory snapshot, Instant at) {
    Extension from =
        Optional.of(simulation.from())
            .filter(ExtensionNumber::isValid)
            .map(ExtensionNumber::new)
            .flatMap(snapshot::extension)
            .orElseThrow(() -> invalid("/from", "must be an extension, or a trunk is required"));
    // as the dialplan takes separators out of what a phone dials
    String keys = NumberingPlan.digits(simulation.to()).orElse(simulation.to());
    return CallContext.ofPhone(SIMULATED, from, keys, snapshot, at);
  }

  private static Question question(Position at, String answer, Decision decision) {
    if (decision instanceof Decision.Menu) {
      return new Question.Chosen(
          at,
          answer.equals("nothing")
              ? Optional.empty()
              : Optional.of(answer.startsWith("key:") ? answer.substring(4) : answer));
    }
    return new Question.Unanswered(
        at,
        switch (answer) {
          case "busy" -> Outcome.BUSY;
          case "unreachable" -> Outcome.UNREACHABLE;
          default -> Outcome.NO_ANSWER;
        });
  }

  private static Step step(Routed routed, Optional<String> answer) {
    return new Step(
        routed.direction(),
        RoutePlan.action(routed.decision()),
        routed.rule(),
        routed.destination(),
        routed.record(),
        rings(routed.decision()),
        routed.trace(),
        answer);
  }

  /// Extensions, or numbers at trunks, in the order in which they are tried.
  private static List<String> rings(Decision decision) {
    return switch (decision) {
      case Decision.Ring ring ->
          ring.stages().stream()
              .flatMap(stage -> stage.members().stream())
              .map(member ->
                  member
                      .outside()
                      .map(number -> new ToNumber(number).text())
                      .orElseGet(() -> "extension:" + member.extension()))
              .toList();
      case Decision.DialOut out ->
          out.attempts().stream().map(attempt -> attempt.digits() + "@" + attempt.trunk()).toList();
      case Decision.Menu _,
          Decision.Announce _,
          Decision.LeaveMessage _,
          Decision.Listen _,
          Decision.PickUp _,
          Decision.Retrieve _,
          Decision.Change _,
          Decision.Refuse _,
          Decision.End _ ->
          List.of();
    };
  }

  private static Problem invalid(String pointer, String rule) {
    return Problem.invalid(List.of(new Fault(pointer, rule)));
  }
}
