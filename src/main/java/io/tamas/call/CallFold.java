package io.tamas.call;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.CallFoldExtra.Hangup;
import io.tamas.call.CallRecord.Party;
import io.tamas.call.CallRecord.Status;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What became of one call: the rows of one linked id, one after the other, make its record.
///
/// Pure: the same rows make the same record and the same moments, however often and in however many
/// pieces they are applied. A row of a type that is not known changes nothing.
final class CallFold {
  /// Told as events, in this order, each once.
  enum Moment {
    STARTED,
    RINGING,
    ANSWERED,
    ENDED
  }

  /// Longest text from outside that goes into a record: what is longer is no name or number, and no
  /// index takes it.
  private static final int MAX_TEXT = 200;

  private static final String LOCAL = "Local/";

  private final String id;
  private final CallFoldCaller caller;
  private final Instant startedAt;
  private final Map<String, CallFoldLeg> legs = new LinkedHashMap<>();
  private final Map<String, Set<String>> dialling = new HashMap<>();
  private final Set<String> liveChannels = new LinkedHashSet<>();
  private final EnumSet<Moment> told = EnumSet.noneOf(Moment.class);
  private Optional<DecisionNote> decision = Optional.empty();
  private String noteSoFar = "";
  private boolean fellBack;
  private Instant lastAt;
  private Optional<Instant> endedAt = Optional.empty();
  private boolean lost;

  /// Begins with the first row, which is not yet applied.
  CallFold(JournalEvent first) {
    id = first.linkedId();
    caller = new CallFoldCaller(first);
    startedAt = first.at();
    lastAt = first.at();
  }

  /// The record that the rows of one linked id make; empty when they are no call.
  static Optional<CallRecord> fold(List<JournalEvent> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var call = new CallFold(rows.getFirst());
    rows.forEach(call::apply);
    return call.record();
  }

  /// Applies the next row and returns what it brought about.
  List<Moment> apply(JournalEvent row) {
    lastAt = row.at();
    boolean fromCaller = row.channel().equals(caller.channel);
    switch (row.type()) {
      case "CHAN_START" -> channelAppears(row, fromCaller);
      case "TAMAS_DECISION" -> decisionIsTold(CallFoldExtra.text(row.extra()));
      case "TAMAS_PHONES" -> wanted(row).addAll(dialled(CallFoldExtra.text(row.extra())));
      case "TAMAS_FALLBACK" -> fellBack = true;
      case "APP_START" -> dialBegins(row);
      case "APP_END" -> dialEnds(row);
      case "ANSWER" -> leg(row).ifPresent(leg -> leg.picksUp(row.at()));
      case "BRIDGE_ENTER" -> leg(row).ifPresent(leg -> leg.talks(row.at()));
      case "HANGUP" -> channelHangsUp(row, fromCaller);
      case "CHAN_END" -> liveChannels.remove(row.uniqueId());
      case "LINKEDID_END" -> ends(row.at(), false);
      case "TAMAS_LOST" -> ends(row.at(), true);
      default -> {}
    }
    if (fromCaller) {
      caller.isKnownAs(row);
    }
    return newMoments();
  }

  private void channelAppears(JournalEvent row, boolean isCaller) {
    liveChannels.add(row.uniqueId());
    if (isCaller || row.channel().startsWith(LOCAL)) {
      return;
    }
    var leg = CallFoldLeg.ringing(row.channel(), row.at());
    legs.put(row.uniqueId(), leg);
    dialling.values().forEach(waiting -> waiting.remove(leg.party));
  }

  private void dialBegins(JournalEvent row) {
    if (row.application().equals("Dial")) {
      wanted(row).addAll(dialled(row.applicationData()));
    }
  }

  /// Who is dialled by this channel and has no channel yet.
  private Set<String> wanted(JournalEvent row) {
    return dialling.computeIfAbsent(row.uniqueId(), _ -> new LinkedHashSet<>());
  }

  /// A line of the journal has no room for a long note: it comes in parts.
  private void decisionIsTold(String part) {
    String together = noteSoFar + part;
    Optional<DecisionNote> note = CallFoldExtra.note(together).or(() -> CallFoldExtra.note(part));
    decision = note.or(() -> decision);
    boolean goesOn = note.isEmpty() && together.length() < DecisionNote.MAX_LENGTH;
    noteSoFar = goesOn ? together : "";
  }

  /// Who was dialled and got no channel has no address.
  private void dialEnds(JournalEvent row) {
    if (row.application().equals("Dial")) {
      for (String party : Optional.ofNullable(dialling.remove(row.uniqueId())).orElse(Set.of())) {
        legs.put(
            "unreachable/" + party + "/" + legs.size(), CallFoldLeg.unreachable(party, row.at()));
      }
    }
  }

  /// The endpoints of a dial string such as `PJSIP/101&PJSIP/0912@trunk-demo,20,b(…)`.
  private static Set<String> dialled(String applicationData) {
    Set<String> parties = new LinkedHashSet<>();
    for (String target : applicationData.split(",", 2)[0].split("&", -1)) {
      String[] part = target.split("/", 3);
      if (part.length > 1 && !target.startsWith(LOCAL)) {
        parties.add(part[1].substring(part[1].indexOf('@') + 1));
      }
    }
    return parties;
  }

  private void channelHangsUp(JournalEvent row, boolean isCaller) {
    Hangup how = CallFoldExtra.hangup(row.extra());
    if (isCaller) {
      caller.hangsUp(row.at(), how);
    }
    leg(row).ifPresent(leg -> leg.hangsUp(row.at(), how));
  }

  /// Should Asterisk tell the end of a call that was taken for lost, its own word counts.
  private void ends(Instant at, boolean isLost) {
    if (endedAt.isEmpty() || !isLost) {
      endedAt = Optional.of(at);
      lost = isLost;
    }
    legs.values().forEach(leg -> leg.ends(at));
    liveChannels.clear();
  }

  private Optional<CallFoldLeg> leg(JournalEvent row) {
    return Optional.ofNullable(legs.get(row.uniqueId()));
  }

  private List<Moment> newMoments() {
    List<Moment> moments = new ArrayList<>(1);
    for (Moment moment : Moment.values()) {
      if (!told.contains(moment) && isReached(moment)) {
        told.add(moment);
        moments.add(moment);
      }
    }
    return moments;
  }

  private boolean isReached(Moment moment) {
    return switch (moment) {
      case STARTED -> decision.isPresent() || fellBack || !legs.isEmpty() || hasEnded();
      case RINGING -> ringingAt().isPresent();
      case ANSWERED -> answeredLeg().isPresent();
      case ENDED -> hasEnded();
    };
  }

  boolean hasEnded() {
    return endedAt.isPresent();
  }

  String id() {
    return id;
  }

  /// The unique ids of the channels that still exist.
  Set<String> liveChannels() {
    return Set.copyOf(liveChannels);
  }

  Instant startedAt() {
    return startedAt;
  }

  Instant lastAt() {
    return lastAt;
  }

  /// The record as far as it goes; empty when this is no call but, say, a text message.
  Optional<CallRecord> record() {
    if (caller.channel.isEmpty() || caller.channel.startsWith("Message/")) {
      return Optional.empty();
    }
    Status status = status();
    Optional<CallFoldLeg> answered = answeredLeg();
    Optional<Instant> answeredAt = answered.flatMap(CallFoldLeg::answeredAt);
    Optional<Instant> gaveUpAt =
        status == Status.ABANDONED ? caller.hungUpAt() : Optional.<Instant>empty();
    return Optional.of(
        new CallRecord(
            id,
            direction(),
            text(decision.map(DecisionNote::caller).orElseGet(caller::asTold)),
            text(caller.name()),
            text(decision.map(DecisionNote::requested).orElse(caller.dialled)),
            destination(),
            status,
            answered.map(leg -> leg.party),
            hungUpBy(status),
            cause(status),
            decision.map(DecisionNote::rule).orElse(fellBack ? "fallback" : "undecided"),
            startedAt,
            ringingAt(),
            answeredAt,
            endedAt,
            ring(answeredAt),
            answeredAt.flatMap(from -> endedAt.map(to -> between(from, to))).orElse(Duration.ZERO),
            answered.flatMap(leg -> decision.flatMap(DecisionNote::recording)),
            decision.flatMap(DecisionNote::profile),
            legs.values().stream()
                .sorted(Comparator.comparing(leg -> leg.startedAt))
                .map(leg -> leg.leg(gaveUpAt))
                .toList(),
            decision));
  }

  private Direction direction() {
    return decision
        .map(DecisionNote::direction)
        .orElse(caller.context.contains("phone") ? Direction.INTERNAL : Direction.INBOUND);
  }

  private Optional<String> destination() {
    Optional<String> fallback =
        legs.values().stream()
            .map(leg -> "extension:" + leg.party)
            .findFirst()
            .filter(first -> fellBack);
    return decision.map(DecisionNote::destination).or(() -> fallback);
  }

  private Status status() {
    if (answeredLeg().isPresent()) {
      return Status.ANSWERED;
    }
    String action = decision.map(DecisionNote::action).orElse("ring");
    if (action.equals("announce") && caller.heardSomething()) {
      return Status.ANNOUNCEMENT;
    }
    if (!hasEnded()) {
      return Status.RINGING;
    }
    if (caller.hungUpItself()) {
      return Status.ABANDONED;
    }
    if (lost) {
      return Status.FAILED;
    }
    return switch (action) {
      case "announce" -> Status.ANNOUNCEMENT;
      case "refuse" -> refused();
      default -> unanswered();
    };
  }

  private Status refused() {
    return switch (caller.cause().orElse(0)) {
      case 17 -> Status.BUSY;
      case 21 -> Status.REJECTED;
      default -> Status.FAILED;
    };
  }

  /// Of several phones the one that was nearest to an answer tells how the call ended.
  private Status unanswered() {
    List<String> results = legs.values().stream().map(leg -> leg.result(Optional.empty())).toList();
    if (results.contains("no-answer") || results.contains("answered-elsewhere")) {
      return Status.MISSED;
    }
    if (results.contains("rejected")) {
      return Status.REJECTED;
    }
    return results.contains("busy") ? Status.BUSY : Status.FAILED;
  }

  private Optional<Party> hungUpBy(Status status) {
    if (!hasEnded()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (status) {
          case BUSY, REJECTED -> legs.isEmpty() ? Party.SYSTEM : Party.CALLEE;
          case RINGING, ANSWERED, MISSED, ABANDONED, FAILED, ANNOUNCEMENT -> whoseHangup();
        });
  }

  private Party whoseHangup() {
    if (caller.hungUpItself()) {
      return Party.CALLER;
    }
    String source = caller.hangupSource();
    boolean isLeg =
        legs.values().stream().anyMatch(leg -> leg.rang() && leg.channel.equals(source));
    return isLeg && answeredLeg().isPresent() ? Party.CALLEE : Party.SYSTEM;
  }

  /// What the callee's side said where that decided, else what the caller's channel ended with.
  private Optional<Integer> cause(Status status) {
    Stream<Optional<Integer>> ofLegs =
        legs.values().stream()
            .filter(leg -> decides(status, leg.result(Optional.empty())))
            .map(CallFoldLeg::cause);
    return hasEnded()
        ? ofLegs.flatMap(Optional::stream).findFirst().or(caller::cause)
        : Optional.empty();
  }

  private static boolean decides(Status status, String result) {
    return switch (status) {
      case BUSY -> result.equals("busy");
      case REJECTED -> result.equals("rejected");
      case FAILED -> result.equals("unreachable");
      case RINGING, ANSWERED, MISSED, ABANDONED, ANNOUNCEMENT -> false;
    };
  }

  private Optional<CallFoldLeg> answeredLeg() {
    return legs.values().stream().filter(leg -> leg.answeredAt().isPresent()).findFirst();
  }

  private Optional<Instant> ringingAt() {
    return legs.values().stream().filter(CallFoldLeg::rang).map(leg -> leg.startedAt).findFirst();
  }

  private Duration ring(Optional<Instant> answeredAt) {
    Optional<Instant> lastLegEnd =
        legs.values().stream()
            .filter(CallFoldLeg::rang)
            .flatMap(leg -> leg.endedAt().stream())
            .max(Comparator.naturalOrder())
            .filter(end -> hasEnded());
    return ringingAt()
        .flatMap(from -> answeredAt.or(() -> lastLegEnd).map(to -> between(from, to)))
        .orElse(Duration.ZERO);
  }

  /// Asterisk's clock may have been set back in between.
  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }

  private static String text(String fromOutside) {
    int end = Math.min(fromOutside.length(), MAX_TEXT);
    boolean splits = end > 0 && Character.isHighSurrogate(fromOutside.charAt(end - 1));
    return fromOutside.substring(0, splits ? end - 1 : end);
  }
}
