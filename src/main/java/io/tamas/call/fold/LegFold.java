package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.LegResult.Known;
import io.tamas.routing.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One leg: an attempt to reach a party, by the rows of its channel; or a party that joined by a
/// call of its own (a guest), such as to pick up.
final class LegFold {
  /// Asterisk ends the other channels within this time of the caller's own end.
  private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

  private static final int NORMAL_CLEARING = 16;
  private static final int BUSY = 17;

  /// The phone answered 302, which is not followed.
  private static final int MOVED = 23;

  private static final int NO_USER_RESPONSE = 18;
  private static final int REJECTED = 21;
  private static final int ANSWERED_ELSEWHERE = 26;

  final String channel;
  final String party;
  final Instant startedAt;

  /// The unique id of the channel that dialled it, or empty.
  final String dialler;

  private Optional<LegTie> tie;
  private Optional<Instant> channelAnsweredAt = Optional.empty();
  private Optional<Instant> answeredAt = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<Hangup> hangup = Optional.empty();

  /// Whether it joined by a call of its own.
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

  /// A phone or a trunk of which Asterisk has no address, and for which it made no channel.
  static LegFold unreachable(String party, Instant at, String dialler, LegTie tie) {
    var leg = ringing("", party, at, dialler, tie, Optional.empty());
    leg.endedAt = Optional.of(at);
    return leg;
  }

  /// A party with a call of its own that has not joined this one yet.
  static LegFold guest(String channel, String party, Instant at) {
    return new LegFold(channel, party, at, "", Optional.empty(), true, Optional.empty());
  }

  void onAnswer(Instant at) {
    channelAnsweredAt = channelAnsweredAt.or(() -> Optional.of(at));
    if (tie() == Tie.CLICKED) {
      onConnected(at);
    }
  }

  /// Only the leg that enters the bridge has answered the call; another phone may have answered its
  /// channel at the same moment.
  void onConnected(Instant at) {
    answeredAt = answeredAt.or(() -> channelAnsweredAt).or(() -> Optional.of(at));
  }

  void onHangup(Instant at, Hangup how) {
    hangup = Optional.of(how);
    endedAt = Optional.of(at);
  }

  /// Ends with the call when its own end is not in the journal.
  void end(Instant at) {
    endedAt = endedAt.or(() -> Optional.of(at));
  }

  void join(LegTie by) {
    tie = Optional.of(by);
  }

  boolean hasJoined() {
    return tie.isPresent();
  }

  Tie tie() {
    return tie.map(LegTie::tie).orElse(Tie.DIALLED);
  }

  boolean hasChannel() {
    return !channel.isEmpty();
  }

  Optional<Instant> answeredAt() {
    return answeredAt;
  }

  Optional<Instant> endedAt() {
    return endedAt;
  }

  /// The cause that its own side gave. Asterisk hangs up the phones that it rings no longer with
  /// the cause on the caller's channel, which may be left from a phone that rang before
  /// (`hanguptree` in `app_dial.c`).
  Optional<Integer> cause() {
    return hangup
        .filter(how -> how.source().equals(channel) || isOwnCause(how.cause()))
        .map(Hangup::cause)
        .filter(cause -> cause > 0);
  }

  private static boolean isOwnCause(int cause) {
    return cause == NORMAL_CLEARING || cause == ANSWERED_ELSEWHERE;
  }

  /// @param cancelledAt when the dialling party hung up before an answer
  Leg leg(Optional<Instant> cancelledAt, Duration talk) {
    return new Leg(
        channel,
        party,
        tie(),
        tie.flatMap(LegTie::by),
        startedAt,
        answeredAt,
        endedAt,
        result(cancelledAt),
        cause(),
        talk,
        charge);
  }

  Known result(Optional<Instant> cancelledAt) {
    if (answeredAt.isPresent()) {
      return Known.ANSWERED;
    }
    if (endedAt.isEmpty()) {
      return Known.RINGING;
    }
    if (!hasChannel()) {
      return Known.UNREACHABLE;
    }
    return hangup.map(how -> unanswered(how, cancelledAt)).orElse(Known.NO_ANSWER);
  }

  private Known unanswered(Hangup how, Optional<Instant> cancelledAt) {
    // the ring timeout of the dialplan was over
    if (how.cause() == 0) {
      return Known.NO_ANSWER;
    }
    return switch (cause().orElse(NORMAL_CLEARING)) {
      case BUSY, MOVED -> Known.BUSY;
      case REJECTED -> Known.REJECTED;
      case ANSWERED_ELSEWHERE -> Known.ANSWERED_ELSEWHERE;
      case 1, 2, 3, NO_USER_RESPONSE, 20, 22, 27, 28, 34, 38, 41, 42, 44, 50, 58, 102 ->
          Known.UNREACHABLE;
      default -> {
        boolean withDialler =
            endedAt.isPresent()
                && cancelledAt.isPresent()
                && endedAt.get().plus(SAME_MOMENT).isAfter(cancelledAt.get());
        yield withDialler ? Known.CANCELLED : Known.NO_ANSWER;
      }
    };
  }
}
