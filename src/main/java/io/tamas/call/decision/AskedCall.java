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

/// Reads what the dialplan asks (`dialplan/ask.conf`): the call, and what it wants to know. Pure.
///
/// @param recording of the call, where one was begun already
/// @param handedOn whether it was transferred: from then on the [CallRecorder] begins recordings
record AskedCall(CallContext call, Question question, Optional<UUID> recording, boolean handedOn) {
  /// Bits of the presentation that tell whether a number may be shown, and their value where it may
  /// not (ITU-T Q.951, Asterisk's `AST_PRES_RESTRICTION`).
  private static final int RESTRICTION = 0x60;

  private static final int RESTRICTED = 0x20;

  private static final String NOTHING = "-";

  /// In the place of a recording (`dialplan/transfer.conf`).
  private static final String LATER = "later";

  /// @throws IllegalArgumentException if the dialplan asked for what there is not
  static AskedCall read(AgiRequest request, Directory company, Instant at) {
    String[] told = request.getArguments();
    if (told.length != 7) {
      throw new IllegalArgumentException("seven arguments are required, see ask.conf");
    }
    return new AskedCall(
        call(request, told, company, at),
        question(request.getScript(), told),
        Optional.of(told[4])
            .filter(text -> !text.equals(NOTHING) && !text.equals(LATER))
            .map(UUID::fromString),
        told[4].equals(LATER));
  }

  private static CallContext call(
      AgiRequest request, String[] told, Directory company, Instant at) {
    return switch (told[0]) {
      case "trunk" -> fromTrunk(request, told, trunk(company, told[1]), company, at);
      case "phone" -> fromPhone(request, told, new ExtensionNumber(told[1]), company, at);
      default -> throw new IllegalArgumentException("a call comes from a trunk or a phone");
    };
  }

  private static CallContext fromTrunk(
      AgiRequest request, String[] told, Company.Trunk trunk, Directory company, Instant at) {
    return new CallContext(
        request.getUniqueId(),
        told[2],
        new Origin.FromTrunk(trunk.name()),
        caller(request, trunk.plan(), company),
        trunk.plan().parse(told[3]),
        told[3],
        at);
  }

  private static CallContext fromPhone(
      AgiRequest request, String[] told, ExtensionNumber from, Directory company, Instant at) {
    CallerId dialled =
        company
            .extension(from)
            .map(caller -> Dialled.byPhone(told[3], caller, company))
            .orElseGet(() -> Dialled.byPhone(told[3], company));
    return new CallContext(
        request.getUniqueId(),
        told[2],
        new Origin.FromPhone(from),
        new CallerId.Internal(from),
        dialled,
        told[3],
        at);
  }

  private static Question question(String script, String[] told) {
    String at = told[5];
    String answer = told[6];
    return switch (script) {
      case "route" -> new Question.NewCall();
      case "next" -> new Question.Unanswered(Position.parse(at), outcome(answer));
      case "returned" ->
          new Question.Unanswered(
              Position.at(new ToExtension(new ExtensionNumber(told[1]))), outcome(answer));
      case "menu" ->
          new Question.Chosen(
              Position.parse(at), Optional.of(answer).filter(text -> !text.equals(NOTHING)));
      default -> throw new IllegalArgumentException("no such question");
    };
  }

  /// `DIALSTATUS-HANGUPCAUSE`: a phone that rejects a call is as good as busy.
  private static Outcome outcome(String ended) {
    return switch (ended) {
      case "CHANUNAVAIL-17", "CHANUNAVAIL-21", "CONGESTION-17", "CONGESTION-21" -> Outcome.BUSY;
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
    return withheld || number == null || isOurs(number, company)
        ? new CallerId.Anonymous()
        : plan.parse(number);
  }

  /// Who calls from outside with the number of an extension is not that extension, and is not to be
  /// taken for it by who is called.
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
