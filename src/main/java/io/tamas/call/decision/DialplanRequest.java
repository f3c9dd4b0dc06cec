package io.tamas.call.decision;

import io.tamas.company.Company;
import io.tamas.company.Destination.ToExtension;
import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Dialled;
import io.tamas.routing.Position;
import io.tamas.routing.Question;
import io.tamas.routing.Question.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.asteriskjava.fastagi.AgiRequest;

/// A request of the dialplan (`dialplan/ask.conf`): the call, and what is to be decided. Pure.
///
/// @param recording of the call, if one was started already
/// @param transferred whether the call was transferred: from then on the [CallRecorder] starts
///   recordings
record DialplanRequest(
    CallContext call, Question question, Optional<UUID> recording, boolean transferred) {
  /// Bits of the presentation that contain whether a number may be shown, and their value if it may
  /// not (ITU-T Q.951, Asterisk's `AST_PRES_RESTRICTION`).
  private static final int RESTRICTION = 0x60;

  private static final int RESTRICTED = 0x20;

  private static final String NOTHING = "-";

  /// Sent instead of a recording after a transfer (`dialplan/transfer.conf`).
  private static final String LATER = "later";

  /// @throws IllegalArgumentException if the request is not one of `ask.conf`, or its trunk does
  ///   not exist
  static DialplanRequest read(AgiRequest request, Directory company, Instant at) {
    String[] arguments = request.getArguments();
    if (arguments.length != 7) {
      throw new IllegalArgumentException("seven arguments are required, see ask.conf");
    }
    return new DialplanRequest(
        call(request, arguments, company, at),
        question(request.getScript(), arguments),
        Optional.of(arguments[4])
            .filter(text -> !text.equals(NOTHING) && !text.equals(LATER))
            .map(UUID::fromString),
        arguments[4].equals(LATER));
  }

  private static CallContext call(
      AgiRequest request, String[] arguments, Directory company, Instant at) {
    return switch (arguments[0]) {
      case "trunk" -> fromTrunk(request, arguments, trunk(company, arguments[1]), company, at);
      case "phone" -> fromPhone(request, arguments, new ExtensionNumber(arguments[1]), company, at);
      default -> throw new IllegalArgumentException("a call comes from a trunk or a phone");
    };
  }

  private static CallContext fromTrunk(
      AgiRequest request, String[] arguments, Company.Trunk trunk, Directory company, Instant at) {
    return new CallContext(
        request.getUniqueId(),
        arguments[2],
        new Origin.FromTrunk(trunk.name()),
        caller(request, trunk.plan(), company),
        Dialled.byTrunk(arguments[3], trunk, company),
        arguments[3],
        at);
  }

  private static CallContext fromPhone(
      AgiRequest request, String[] arguments, ExtensionNumber from, Directory company, Instant at) {
    CallerId dialled =
        company
            .extension(from)
            .map(caller -> Dialled.byPhone(arguments[3], caller, company))
            .orElseGet(() -> Dialled.byPhone(arguments[3], company));
    return new CallContext(
        request.getUniqueId(),
        arguments[2],
        new Origin.FromPhone(from),
        new CallerId.Internal(from),
        dialled,
        arguments[3],
        at);
  }

  private static Question question(String script, String[] arguments) {
    String at = arguments[5];
    String answer = arguments[6];
    return switch (script) {
      case "route" -> new Question.NewCall();
      case "next" -> new Question.Unanswered(Position.parse(at), outcome(answer));
      case "returned" ->
          new Question.Unanswered(
              Position.at(new ToExtension(new ExtensionNumber(arguments[1]))), outcome(answer));
      case "menu" ->
          new Question.Chosen(
              Position.parse(at), Optional.of(answer).filter(text -> !text.equals(NOTHING)));
      default -> throw new IllegalArgumentException("no such request");
    };
  }

  /// `DIALSTATUS-HANGUPCAUSE`: a phone that rejects a call, or moves it (302), counts as busy.
  private static Outcome outcome(String ended) {
    return switch (ended) {
      case "CHANUNAVAIL-17",
          "CHANUNAVAIL-21",
          "CHANUNAVAIL-23",
          "CONGESTION-17",
          "CONGESTION-21",
          "CONGESTION-23" ->
          Outcome.BUSY;
      default ->
          switch (ended.split("-", 2)[0]) {
            case "BUSY" -> Outcome.BUSY;
            case "CHANUNAVAIL", "CONGESTION" -> Outcome.UNREACHABLE;
            default -> Outcome.NO_ANSWER;
          };
    };
  }

  private static CallerId caller(AgiRequest request, NumberingPlan plan, Directory company) {
    Integer presentation = request.getCallingPres();
    boolean withheld = presentation != null && (presentation & RESTRICTION) == RESTRICTED;
    String number = request.getCallerIdNumber();
    if (withheld || number == null || isOurs(number, company)) {
      return new CallerId.Anonymous();
    }
    CallerId caller = plan.parse(number);
    return isOurs(caller.text(), company) ? new CallerId.Anonymous() : caller;
  }

  /// An external caller that sends the number of an extension is not that extension, and must not
  /// appear as it on the called phone, in whatever way it is written: `+101` is read as `101`.
  private static boolean isOurs(String number, Directory company) {
    return NumberingPlan.digits(number)
        .filter(ExtensionNumber::isValid)
        .map(ExtensionNumber::new)
        .flatMap(company::extension)
        .isPresent();
  }

  private static Company.Trunk trunk(Directory company, String name) {
    return company
        .trunk(name)
        .orElseThrow(() -> new IllegalArgumentException("the company has no such trunk"));
  }
}
