package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.LegResult.Known;
import io.tamas.routing.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One attempt to reach somebody, as its channel tells it; or somebody who came by a call of their
/// own (a guest), such as to pick up.
final class LegFold {
  /// Asterisk ends the other channels within this time of the caller's own end.
  private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

  private static final int NORMAL_CLEARING = 16;
  private static final int BUSY = 17;
  private static final int NO_USER_RESPONSE = 18;
  private static final int REJECTED = 21;
  private static final int ANSWERED_ELSEWHERE = 26;

  final String channel;
  final String party;
  final Instant startedAt;

  /// The unique id of the channel that rang it, or empty.
  final String dialler;

  private Optional<LegTie> tie;
  private Optional<Instant> pickedUpAt = Optional.empty();
  private Optional<Instant> answeredAt = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<Hangup> hangup = Optional.empty();

  /// Whether it came by a call of its own.
  final boolean guest;

  private final Optional<Charge> charge;

  private LegFold(
      String channel,
      String party,
      Instant startedAt,
      String dialler,
      Optional<LegTie> tie,
      boolean guest,
      Optional<Charge> charge) {
    this.channel = channel;
    this.party = party;
    this.startedAt = startedAt;
    this.dialler = dialler;
    this.tie = tie;
    this.guest = guest;
    this.charge = charge;
  }

  static LegFold ringing(
      String channel,
      String party,
      Instant at,
      String dialler,
      LegTie tie,
      Optional<Charge> charge) {
    return new LegFold(channel, party, at, dialler, Optional.of(tie), false, charge);
  }

  /// A phone or a trunk for which Asterisk had no address and so made no channel.
  static LegFold unreachable(String party, Instant at, String dialler, LegTie tie) {
    var leg = ringing("", party, at, dialler, tie, Optional.empty());
    leg.endedAt = Optional.of(at);
    return leg;
  }

  /// Somebody who came by a call of their own, and has no part in this one yet.
  static LegFold guest(String channel, String party, Instant at) {
    return new LegFold(channel, party, at, "", Optional.empty(), true, Optional.empty());
  }

  void picksUp(Instant at) {
    pickedUpAt = pickedUpAt.or(() -> Optional.of(at));
    if (tie() == Tie.CLICKED) {
      talks(at);
    }
  }

  /// Only who comes into the bridge has the call; another may have picked up at the same moment.
  void talks(Instant at) {
    answeredAt = answeredAt.or(() -> pickedUpAt).or(() -> Optional.of(at));
  }

  void hangsUp(Instant at, Hangup how) {
    hangup = Optional.of(how);
    endedAt = Optional.of(at);
  }

  /// Ends with the call when its own end is not in the journal.
  void ends(Instant at) {
    endedAt = endedAt.or(() -> Optional.of(at));
  }

  void takesPart(LegTie how) {
    tie = Optional.of(how);
  }

  boolean takesPart() {
    return tie.isPresent();
  }

  Tie tie() {
    return tie.map(LegTie::tie).orElse(Tie.DIALLED);
  }

  boolean rang() {
    return !channel.isEmpty();
  }

  Optional<Instant> answeredAt() {
    return answeredAt;
  }

  Optional<Instant> endedAt() {
    return endedAt;
  }

  /// What its own side said. Asterisk ends the phones that nobody waits for with what the caller's
  /// channel has, which may be left from a phone that was rung before (`hanguptree` in
  /// `app_dial.c`).
  Optional<Integer> cause() {
    return hangup
        .filter(how -> how.source().equals(channel) || saysItself(how.cause()))
        .map(Hangup::cause)
        .filter(cause -> cause > 0);
  }

  private static boolean saysItself(int cause) {
    return cause == NORMAL_CLEARING || cause == ANSWERED_ELSEWHERE;
  }

  /// @param gaveUpAt when nobody waited for an answer any more
  Leg leg(Optional<Instant> gaveUpAt, Duration talk) {
    return new Leg(
        channel,
        party,
        tie(),
        tie.flatMap(LegTie::by),
        startedAt,
        answeredAt,
        endedAt,
        result(gaveUpAt),
        cause(),
        talk,
        charge);
  }

  Known result(Optional<Instant> gaveUpAt) {
    if (answeredAt.isPresent()) {
      return Known.ANSWERED;
    }
    if (endedAt.isEmpty()) {
      return Known.RINGING;
    }
    if (!rang()) {
      return Known.UNREACHABLE;
    }
    return hangup.map(how -> unanswered(how, gaveUpAt)).orElse(Known.NO_ANSWER);
  }

  private Known unanswered(Hangup how, Optional<Instant> gaveUpAt) {
    // the ringing time of the dialplan was over
    if (how.cause() == 0) {
      return Known.NO_ANSWER;
    }
    return switch (cause().orElse(NORMAL_CLEARING)) {
      case BUSY -> Known.BUSY;
      case REJECTED -> Known.REJECTED;
      case ANSWERED_ELSEWHERE -> Known.ANSWERED_ELSEWHERE;
      case 1, 2, 3, NO_USER_RESPONSE, 20, 22, 27, 28, 34, 38, 41, 42, 44, 50, 58, 102 ->
          Known.UNREACHABLE;
      default -> {
        boolean withCaller =
            endedAt.isPresent()
                && gaveUpAt.isPresent()
                && endedAt.get().plus(SAME_MOMENT).isAfter(gaveUpAt.get());
        yield withCaller ? Known.CANCELLED : Known.NO_ANSWER;
      }
    };
  }
}
