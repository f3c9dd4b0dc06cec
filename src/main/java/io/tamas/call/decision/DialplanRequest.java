package io.tamas.call.decision;

import io.tamas.asterisk.agi.Variable;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.asteriskjava.fastagi.AgiRequest;

/// A request of the dialplan (`dialplan/ask.conf`): the call, and what is to be decided. Pure, but
/// for the headers of a trunk's new call.
///
/// @param recording of the call, if one was started already
/// @param transferred whether the call was transferred: from then on the [CallRecorder] starts
///   recordings
/// @param corrections what the dialplan is to know otherwise of a trunk's call than it read itself
record DialplanRequest(
    CallContext call,
    Question question,
    Optional<UUID> recording,
    boolean transferred,
    List<Variable> corrections) {
  /// Bits of the presentation that contain whether a number may be shown, and their value if it may
  /// not (ITU-T Q.951, Asterisk's `AST_PRES_RESTRICTION`).
  private static final int RESTRICTION = 0x60;

  private static final int RESTRICTED = 0x20;

  private static final String NOTHING = "-";

  /// Sent instead of a recording after a transfer (`dialplan/transfer.conf`).
  private static final String LATER = "later";

  /// @throws IllegalArgumentException if the request is not one of `ask.conf`, or its trunk does
  ///   not exist
  static DialplanRequest read(
      AgiRequest request, SipHeaders headers, Directory company, Instant at) {
    String[] arguments = request.getArguments();
    if (arguments.length != 8) {
      throw new IllegalArgumentException("eight arguments are required, see ask.conf");
    }
    Question question = question(request.getScript(), arguments);
    Optional<UUID> recording =
        Optional.of(arguments[4])
            .filter(text -> !text.equals(NOTHING) && !text.equals(LATER))
            .map(UUID::fromString);
    boolean transferred = arguments[4].equals(LATER);
    if (arguments[0].equals("trunk") && question instanceof Question.NewCall) {
      TrunkCall read =
          TrunkCall.read(
              trunk(company, arguments[1]), arguments[3], arguments[7], headers, company);
      CallContext call = newCall(request, arguments[2], read, company, at);
      return new DialplanRequest(
          call, question, recording, transferred, corrections(arguments, read, call, company));
    }
    return new DialplanRequest(
        call(request, arguments, company, at), question, recording, transferred, List.of());
  }

  private static CallContext call(
      AgiRequest request, String[] arguments, Directory company, Instant at) {
    return switch (arguments[0]) {
      case "trunk" -> fromTrunk(request, arguments, trunk(company, arguments[1]), company, at);
      case "phone" -> fromPhone(request, arguments, new ExtensionNumber(arguments[1]), company, at);
      default -> throw new IllegalArgumentException("a call comes from a trunk or a phone");
    };
  }

  private static CallContext newCall(
      AgiRequest request, String linkedId, TrunkCall read, Directory company, Instant at) {
    NumberingPlan plan = read.trunk().plan();
    CallerId sent = caller(request, plan, company);
    return new CallContext(
        request.getUniqueId(),
        linkedId,
        new Origin.FromTrunk(
            read.trunk().name(),
            read.divertedBy()
                .map(CallerId::line)
                .filter(number -> !TrunkCaller.isOurs(number, company))),
        read.asserted().map(who -> TrunkCaller.unlessOurs(who, company)).orElse(sent),
        Dialled.byTrunk(read.number(), read.trunk(), company),
        read.number(),
        at);
  }

  /// The dialplan passes them on with the next questions about the call, and to phones. Where an
  /// external number is dialled behind a prefix, phones are shown it with its `+`: so it can be
  /// called back as it is shown.
  private static List<Variable> corrections(
      String[] arguments, TrunkCall read, CallContext call, Directory company) {
    List<Variable> all = new ArrayList<>();
    if (!read.trunk().name().equals(arguments[1])) {
      all.add(new Variable("TAMAS_PEER", read.trunk().name()));
    }
    if (!read.number().equals(arguments[3])) {
      all.add(new Variable("TAMAS_DIALLED", read.number()));
    }
    boolean needsPlus = company.hasOutsidePrefix() && call.caller().phoneNumber().isPresent();
    if (read.asserted().isPresent() || needsPlus) {
      all.add(new Variable("CALLERID(num)", call.caller().text()));
    }
    return List.copyOf(all);
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
      case "followed" -> new Question.Followed(new ExtensionNumber(arguments[1]));
      case "menu" ->
          new Question.Chosen(
              Position.parse(at), Optional.of(answer).filter(text -> !text.equals(NOTHING)));
      default -> throw new IllegalArgumentException("no such request");
    };
  }

  /// `DIALSTATUS-HANGUPCAUSE`: a phone that declines a call, or moves it (3xx), counts as busy.
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
            case "BUSY", "DECLINED" -> Outcome.BUSY;
            case "CHANUNAVAIL", "CONGESTION" -> Outcome.UNREACHABLE;
            default -> Outcome.NO_ANSWER;
          };
    };
  }

  private static CallerId caller(AgiRequest request, NumberingPlan plan, Directory company) {
    Integer presentation = request.getCallingPres();
    boolean withheld = presentation != null && (presentation & RESTRICTION) == RESTRICTED;
    String number = request.getCallerIdNumber();
    return withheld || number == null
        ? new CallerId.Anonymous()
        : TrunkCaller.read(number, plan, company);
  }

  private static Company.Trunk trunk(Directory company, String name) {
    return company
        .trunk(name)
        .orElseThrow(() -> new IllegalArgumentException("the company has no such trunk"));
  }
}
