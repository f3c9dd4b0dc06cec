package io.tamas.call.fold;

import static io.tamas.call.fold.TalkTime.between;

import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Parking;
import io.tamas.call.record.CallRecord.Party;
import io.tamas.call.record.CallRecord.Recorded;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.call.record.ChannelName;
import io.tamas.call.record.ClickNote;
import io.tamas.call.record.DecisionNote;
import io.tamas.call.record.LegResult;
import io.tamas.call.record.ProfileNote;
import io.tamas.call.record.ProfileNote.Candidate;
import io.tamas.routing.Routed.Direction;
import io.tamas.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Makes the record from what the fold has gathered.
///
/// @param shown the legs of the record, see [Legs#shown]
/// @param waiting the parties that wait, by unique id
/// @param slots in which parties are and were parked
/// @param slot of a waiting party that is parked
/// @param mainHangup how the main party's channel ended, see [TalkTime]
record Summary(
    String id,
    Caller caller,
    Legs legs,
    List<LegFold> shown,
    Decisions decisions,
    TalkTime talk,
    Set<String> waiting,
    ParkedSlots slots,
    Optional<String> slot,
    Optional<Hangup> mainHangup) {
  /// Longest text from the network that goes into a record: anything longer is not a name or a
  /// number, and does not fit into an index.
  private static final int MAX_TEXT = 200;

  /// Decisions by which the caller reaches prompts only.
  private static final Set<Action> PROMPTS = Set.of(Action.Known.ANNOUNCE, Action.Known.LISTEN);

  /// ITU-T Q.850.
  private static final int NORMAL_CLEARING = 16;

  /// Asterisk itself ends a call of which a party wants to go on with other codecs only, and names
  /// that party as the source.
  private static final int NO_CODEC = 58;

  /// How the call ended, if it did, and whether it was routed by the fallback.
  record Ending(Optional<Instant> endedAt, boolean lost, boolean fellBack) {}

  /// The leg that was connected to the main party first; else one that answered and ended in the
  /// same moment, before the main party was connected.
  Optional<LegFold> answered() {
    for (String partner : talk.partners()) {
      Optional<LegFold> leg = legs.of(partner);
      if (leg.isPresent()) {
        return leg;
      }
    }
    return called()
        .filter(leg -> leg.answeredAt().isPresent() && leg.endedAt().isPresent())
        .findFirst();
  }

  Optional<Instant> ringingAt() {
    return legsThatRang().map(leg -> leg.startedAt).findFirst();
  }

  private Stream<LegFold> legsThatRang() {
    return called()
        .filter(leg -> leg.hasChannel() && !leg.guest && !leg.startedAt.isBefore(caller.startedAt));
  }

  /// All legs except the phone of the user who clicked.
  private Stream<LegFold> called() {
    return shown.stream().filter(leg -> leg.tie() != CallRecord.Tie.CLICKED);
  }

  CallRecord record(Ending ending) {
    Status status = status(ending);
    Optional<DecisionNote> first = decisions.first(caller.uniqueId);
    Who who = who(first);
    return new CallRecord(
        id,
        who,
        when(ending),
        outcome(status, ending),
        recorded(status, ending, who.caller()),
        shown.stream().map(leg -> leg(leg, status)).toList(),
        parkings(),
        decisions.all());
  }

  private Who who(Optional<DecisionNote> first) {
    Optional<ClickNote> click = decisions.click();
    return new Who(
        direction(first),
        text(
            first
                .map(DecisionNote::caller)
                .or(() -> click.map(ClickNote::extension))
                .orElseGet(caller::numberOrName)),
        text(callerName(first)),
        text(
            first
                .map(DecisionNote::requested)
                .or(() -> click.map(ClickNote::requested))
                .orElseGet(caller::requested)),
        tied()
            .map(note -> note.likeliest().map(Candidate::profile))
            .orElseGet(() -> first.flatMap(DecisionNote::profile)),
        first.flatMap(DecisionNote::line).map(DecisionNote.Line::trunk).or(caller::trunk),
        first.flatMap(DecisionNote::line).flatMap(DecisionNote.Line::divertedBy));
  }

  /// The profiles to which the call was tied after the decision.
  private Optional<ProfileNote> tied() {
    return decisions.tied(caller.uniqueId);
  }

  /// That of the profile, whenever it was found or named, else that of the extension, else what the
  /// network sent. If somebody said that it is nobody known, the last.
  private String callerName(Optional<DecisionNote> first) {
    return tied()
        .map(note -> note.likeliest().map(Candidate::name))
        .orElseGet(() -> first.flatMap(DecisionNote::callerName))
        .map(Printable::of)
        .filter(name -> !name.isBlank())
        .orElseGet(caller::name);
  }

  private When when(Ending ending) {
    Optional<Instant> ringingAt = ringingAt();
    Optional<Instant> answeredAt = answered().flatMap(LegFold::answeredAt);
    return new When(
        caller.startedAt,
        ringingAt,
        answeredAt,
        ending.endedAt,
        ring(ringingAt, answeredAt, ending),
        talk.talk(),
        talk.hold(),
        ending.endedAt.isPresent()
            ? Optional.empty()
            : talk.progress(parties(waiting), parties(talk.connected()), slot));
  }

  private List<String> parties(Set<String> channels) {
    return channels.stream().flatMap(id -> party(id).stream()).toList();
  }

  /// The party on a channel.
  private Optional<String> party(String uniqueId) {
    return uniqueId.equals(caller.uniqueId)
        ? Optional.of(who(decisions.first(caller.uniqueId)).caller())
        : legs.of(uniqueId).map(leg -> leg.party);
  }

  private List<Parking> parkings() {
    return slots.all().stream()
        .flatMap(one ->
            party(one.uniqueId()).map(who -> new Parking(one.at(), who, one.slot())).stream())
        .toList();
  }

  private Outcome outcome(Status status, Ending ending) {
    Optional<DecisionNote> last = decisions.last(caller.uniqueId);
    return new Outcome(
        status,
        last.map(DecisionNote::effectiveDestination).or(() -> fallback(ending)),
        answered().map(leg -> leg.party),
        lastParty(),
        hungUpBy(status, ending),
        cause(status, ending),
        last.map(DecisionNote::rule).orElse(ending.fellBack ? "fallback" : "undecided"),
        ending.lost || isAnswerMissing());
  }

  /// Asterisk says at the end of the caller's channel that what it dialled has answered, and no row
  /// of that is in the journal, as after a disk that was full for a while. None is missing where a
  /// phone answered in the moment in which the caller hung up.
  private boolean isAnswerMissing() {
    return answered().isEmpty()
        && caller.hangup().filter(how -> how.dialStatus().equals("ANSWER")).isPresent()
        && called().noneMatch(leg -> leg.answeredAt().isPresent() || leg.hasAnsweredInVain());
  }

  private Recorded recorded(Status status, Ending ending, String who) {
    Optional<String> recording =
        decisions.recordings(caller.uniqueId).stream()
            .filter(_ -> status == Status.ANSWERED)
            .findFirst();
    return new Recorded(
        recording,
        recording.filter(_ -> ending.endedAt.isEmpty()).map(_ -> decisions.recording().state()),
        decisions.recording().changes(),
        decisions.messages().all(who));
  }

  private Leg leg(LegFold leg, Status status) {
    Duration time = leg.uniqueIds().map(talk::of).reduce(Duration.ZERO, Duration::plus);
    return leg.leg(cancelledAt(leg, status), time);
  }

  private Optional<Instant> cancelledAt(LegFold leg, Status status) {
    if (leg.tie() == CallRecord.Tie.CLICKED) {
      return Optional.empty();
    }
    boolean withCaller = status == Status.ABANDONED || isNext(leg);
    return legs.diallers()
        .cancelledAt(leg.dialler)
        .or(() -> caller.hungUpAt().filter(_ -> withCaller));
  }

  /// Whether the caller dialled it after another one had answered, and hung up itself.
  private boolean isNext(LegFold leg) {
    return leg.dialler.equals(caller.uniqueId)
        && answered().flatMap(LegFold::answeredAt).filter(leg.startedAt::isAfter).isPresent()
        && partyThatHungUp() == Party.CALLER;
  }

  private Optional<String> lastParty() {
    return talk.last()
        .flatMap(uniqueId ->
            legs.of(uniqueId)
                .map(leg -> leg.party)
                .or(() ->
                    uniqueId.equals(caller.uniqueId)
                        ? Optional.of(new ChannelName(caller.channel).party())
                        : Optional.empty()));
  }

  private Direction direction(Optional<DecisionNote> first) {
    return first
        .map(DecisionNote::direction)
        .or(() -> decisions.click().map(ClickNote::direction))
        .orElseGet(() -> isFromPhoneToTrunk() ? Direction.OUTBOUND : caller.direction());
  }

  /// As emergency calls are while Tamas is away.
  private boolean isFromPhoneToTrunk() {
    return caller.direction() == Direction.INTERNAL && called().anyMatch(LegFold::isOverTrunk);
  }

  private Optional<String> fallback(Ending ending) {
    return called()
        .map(leg -> "extension:" + leg.party)
        .findFirst()
        .filter(first -> ending.fellBack);
  }

  private Status status(Ending ending) {
    if (answered().isPresent() || isAnswerMissing()) {
      return Status.ANSWERED;
    }
    if (!decisions.messages().isEmpty()) {
      return Status.VOICEMAIL;
    }
    Action action =
        decisions.last(caller.uniqueId).map(DecisionNote::action).orElse(Action.Known.RING);
    if (PROMPTS.contains(action) && caller.hasHeardAudio()) {
      return Status.ANNOUNCEMENT;
    }
    if (ending.endedAt.isEmpty()) {
      return Status.RINGING;
    }
    if (caller.hungUpItself() || isClickUnanswered()) {
      return Status.ABANDONED;
    }
    if (ending.lost) {
      return Status.FAILED;
    }
    return switch (action) {
      case Action.Known.ANNOUNCE, Action.Known.LISTEN -> Status.ANNOUNCEMENT;
      case Action.Known.REFUSE -> refused();
      case Action.Known _, Action.Unknown _ -> unanswered();
    };
  }

  /// The user who clicked did not answer the phone, so nobody was called.
  private boolean isClickUnanswered() {
    return decisions.click().isPresent() && caller.answeredAt().isEmpty();
  }

  private Status refused() {
    return switch (caller.hangup().map(Hangup::cause).orElse(0)) {
      case 17 -> Status.BUSY;
      case 21 -> Status.REJECTED;
      default -> Status.FAILED;
    };
  }

  /// Of several phones the result that is nearest to an answer decides, unless the caller was told
  /// of no line, such as where a trunk was busy for an emergency call.
  private Status unanswered() {
    if (caller.hangup().filter(how -> how.cause() == Parties.NO_CIRCUIT).isPresent()) {
      return Status.FAILED;
    }
    List<LegResult.Known> results = called().map(leg -> leg.result(Optional.empty())).toList();
    if (results.contains(LegResult.Known.NO_ANSWER)
        || results.contains(LegResult.Known.ANSWERED_ELSEWHERE)) {
      return Status.MISSED;
    }
    if (results.contains(LegResult.Known.REJECTED)) {
      return Status.REJECTED;
    }
    return results.contains(LegResult.Known.BUSY) ? Status.BUSY : Status.FAILED;
  }

  private Optional<Party> hungUpBy(Status status, Ending ending) {
    if (ending.endedAt.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (status) {
          case BUSY, REJECTED -> called().findAny().isEmpty() ? Party.SYSTEM : Party.CALLEE;
          case RINGING, ANSWERED, MISSED, ABANDONED, FAILED, ANNOUNCEMENT, VOICEMAIL ->
              partyThatHungUp();
        });
  }

  private Party partyThatHungUp() {
    String source = mainHangup.map(Hangup::source).orElse("");
    if (source.equals(caller.channel)) {
      return Party.CALLER;
    }
    boolean isLeg =
        called()
            .filter(leg -> leg.hasChannel(source))
            .anyMatch(leg -> !leg.cause().equals(Optional.of(NO_CODEC)));
    return isLeg && answered().isPresent() ? Party.CALLEE : Party.SYSTEM;
  }

  /// The cause with which the main party's channel was ended, which is what that party was told;
  /// where Asterisk has none, what the leg gave that decided. A party that hangs up after the
  /// conversation, or before the answer, gives normal clearing: what Asterisk has may be left from
  /// a phone that was busy before.
  private Optional<Integer> cause(Status status, Ending ending) {
    boolean isOver = status == Status.ANSWERED || status == Status.ABANDONED;
    boolean hasEnded = isOver && ending.endedAt.isPresent() && !isClickUnanswered();
    if (hasEnded && partyThatHungUp() != Party.SYSTEM) {
      return Optional.of(NORMAL_CLEARING);
    }
    Stream<Optional<Integer>> causesOfLegs =
        called().filter(leg -> decides(status, leg.result(Optional.empty()))).map(LegFold::cause);
    Optional<Integer> causeOfMain = mainHangup.map(Hangup::cause).filter(cause -> cause > 0);
    return ending.endedAt.isPresent()
        ? causeOfMain.or(() -> causesOfLegs.flatMap(Optional::stream).findFirst())
        : Optional.empty();
  }

  private static boolean decides(Status status, LegResult.Known result) {
    return switch (status) {
      case BUSY -> result == LegResult.Known.BUSY;
      case REJECTED -> result == LegResult.Known.REJECTED;
      case FAILED -> result == LegResult.Known.UNREACHABLE;
      case RINGING, ANSWERED, MISSED, ABANDONED, ANNOUNCEMENT, VOICEMAIL -> false;
    };
  }

  private Duration ring(Optional<Instant> ringingAt, Optional<Instant> answeredAt, Ending ending) {
    Optional<Instant> lastLegEnd =
        legsThatRang()
            .flatMap(leg -> leg.endedAt().stream())
            .max(Comparator.naturalOrder())
            .filter(end -> ending.endedAt.isPresent());
    return ringingAt
        .flatMap(from -> answeredAt.or(() -> lastLegEnd).map(to -> between(from, to)))
        .orElse(Duration.ZERO);
  }

  private static String text(String fromNetwork) {
    int end = Math.min(fromNetwork.length(), MAX_TEXT);
    boolean splits = end > 0 && Character.isHighSurrogate(fromNetwork.charAt(end - 1));
    return fromNetwork.substring(0, splits ? end - 1 : end);
  }
}
