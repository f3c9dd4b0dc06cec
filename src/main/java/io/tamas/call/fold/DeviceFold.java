package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.call.record.CallRecord.Device;
import io.tamas.call.record.ChannelName;
import io.tamas.call.record.LegResult.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One device of a leg, by the rows of its channel.
final class DeviceFold {
  /// Asterisk ends the other channels within this time of the caller's own end. What is further
  /// apart has not happened at once.
  private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

  private static final int NORMAL_CLEARING = 16;
  private static final int BUSY = 17;

  /// It answered 302.
  private static final int MOVED = 23;

  private static final int NO_USER_RESPONSE = 18;
  private static final int NO_ANSWER = 19;
  private static final int REJECTED = 21;
  private static final int ANSWERED_ELSEWHERE = 26;

  /// A trunk that answered nothing, and that Tamas has left.
  private static final int OUT_OF_ORDER = 38;

  /// What a trunk says that refuses us. Asterisk gives the cause of a party who declines for it.
  private static final Set<Integer> REFUSES_US = Set.of(401, 403, 407);

  private static final String SIP = "PJSIP/";

  private static final int GLOBAL_FAILURE = 600;
  private static final Set<Integer> HAVE_A_CAUSE = Set.of(600, 604);

  /// From which on a SIP status is final.
  private static final int FINAL = 200;

  /// Of SIP statuses by their first digit.
  private static final int REDIRECTION = 3;

  /// Its unique id and its name; empty if there is none.
  final String uniqueId;

  final String channel;
  private DialledPhone phone;
  private Optional<Instant> channelAnsweredAt = Optional.empty();
  private Optional<Instant> answeredAt = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<Hangup> hangup = Optional.empty();
  private Optional<Integer> sipStatus = Optional.empty();
  private Optional<Integer> verdict = Optional.empty();

  DeviceFold(String uniqueId, String channel, DialledPhone phone) {
    this.uniqueId = uniqueId;
    this.channel = channel;
    this.phone = phone;
  }

  /// One for which Asterisk made no channel.
  static DeviceFold unreachable(DialledPhone phone, Instant at) {
    DeviceFold device = new DeviceFold("", "", phone);
    device.endedAt = Optional.of(at);
    return device;
  }

  /// The end of one that moved its call and was hung up before Asterisk knew by which answer.
  static Hangup moved(String channel) {
    return new Hangup(MOVED, channel, "");
  }

  void onDevice(DialledPhone known) {
    phone = known;
  }

  /// What it answered: a trunk that did not connect the call, or a phone that declined.
  ///
  /// @param status its last one of SIP
  /// @param cause what the dialplan made of that of a trunk, and told the caller unless another one
  ///   followed; empty in the journal of an older Tamas, and of a phone
  void onResponse(Optional<Integer> status, Optional<Integer> cause) {
    sipStatus = status;
    verdict = cause;
  }

  /// What a trunk answered last, unless that was a redirection (3xx): of that Asterisk may tell
  /// only the 100 before it; the cause tells it.
  Optional<Integer> sipStatus() {
    boolean isMoved = hangup.filter(this::isMoved).isPresent();
    return sipStatus
        .filter(_ -> trunk().isPresent())
        .filter(status -> status >= FINAL ? status / 100 != REDIRECTION : !isMoved);
  }

  /// By another 6xx than those that have a cause of their own: busy and unknown everywhere.
  private boolean hasDeclined() {
    return sipStatus
        .filter(status -> status >= GLOBAL_FAILURE && !HAVE_A_CAUSE.contains(status))
        .isPresent();
  }

  /// It answered 3xx, which is not followed: a phone that does so cannot be reached now, as one
  /// that is busy; of a trunk it is an answer about the way. Asterisk has a cause for 302 only, and
  /// of the others says that the called side itself ended normally what it had not answered.
  private boolean isMoved(Hangup how) {
    return how.cause() == MOVED
        || how.cause() == NORMAL_CLEARING
            && channel.startsWith(SIP)
            && how.source().equals(channel)
            && channelAnsweredAt.isEmpty();
  }

  /// The trunk over which it was called.
  Optional<String> trunk() {
    return ChannelName.trunk(hasChannel() ? new ChannelName(channel).party() : phone.endpoint());
  }

  void onAnswer(Instant at) {
    channelAnsweredAt = channelAnsweredAt.or(() -> Optional.of(at));
  }

  /// Only the device that enters the bridge has answered the call; another phone may have answered
  /// its channel at the same moment.
  void onConnected(Instant at) {
    answeredAt = answeredAt.or(() -> channelAnsweredAt).or(() -> Optional.of(at));
  }

  boolean hasAnsweredInVain() {
    return answeredAt.isEmpty()
        && channelAnsweredAt
            .flatMap(at -> endedAt.filter(at.plus(SAME_MOMENT)::isAfter))
            .isPresent();
  }

  void onHangup(Instant at, Hangup how) {
    hangup = Optional.of(how);
    endedAt = Optional.of(at);
  }

  /// Ends with the call when its own end is not in the journal.
  void end(Instant at) {
    endedAt = endedAt.or(() -> Optional.of(at));
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
    return cause == NORMAL_CLEARING || cause == ANSWERED_ELSEWHERE || cause == OUT_OF_ORDER;
  }

  /// The same, but none of a device that rang no longer when the dialling party hung up: the cause
  /// of a trunk that was left before is still on that party's channel.
  Optional<Integer> cause(Optional<Instant> cancelledAt) {
    return isCancelledAfterALeftTrunk(cancelledAt) ? Optional.empty() : cause();
  }

  private boolean isCancelledAfterALeftTrunk(Optional<Instant> cancelledAt) {
    return hangup
        .filter(how -> how.cause() == OUT_OF_ORDER && !how.source().equals(channel))
        .filter(_ -> isWithDialler(cancelledAt))
        .isPresent();
  }

  private boolean isWithDialler(Optional<Instant> cancelledAt) {
    return endedAt.isPresent()
        && cancelledAt.isPresent()
        && endedAt.get().plus(SAME_MOMENT).isAfter(cancelledAt.get());
  }

  /// Empty if the journal does not tell which device it was.
  Optional<Device> device(Optional<Instant> cancelledAt) {
    return phone.address().isEmpty() && phone.agent().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Device(phone.address(), phone.agent(), result(cancelledAt), cause(cancelledAt)));
  }

  /// @param cancelledAt when the dialling party hung up before an answer
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

  /// Of a trunk, what the caller is told: causes cannot tell a provider that refuses us from a
  /// person who declines.
  private static Known told(int cause) {
    return switch (cause) {
      case BUSY -> Known.BUSY;
      case NO_ANSWER -> Known.NO_ANSWER;
      case REJECTED -> Known.REJECTED;
      default -> Known.UNREACHABLE;
    };
  }

  private Known unanswered(Hangup how, Optional<Instant> cancelledAt) {
    if (verdict.isPresent()) {
      return told(verdict.get());
    }
    // the dialplan tells one that is not final only of a trunk that has done no more than try
    if (sipStatus().filter(status -> status < FINAL || REFUSES_US.contains(status)).isPresent()) {
      return Known.UNREACHABLE;
    }
    // the ring timeout of the dialplan was over
    if (how.cause() == 0) {
      return Known.NO_ANSWER;
    }
    if (hasDeclined()) {
      return Known.REJECTED;
    }
    if (isMoved(how)) {
      return trunk().isPresent() ? Known.UNREACHABLE : Known.BUSY;
    }
    return switch (cause(cancelledAt).orElse(NORMAL_CLEARING)) {
      case BUSY -> Known.BUSY;
      case REJECTED -> Known.REJECTED;
      case ANSWERED_ELSEWHERE -> Known.ANSWERED_ELSEWHERE;
      case 1,
          2,
          3,
          NO_USER_RESPONSE,
          20,
          22,
          27,
          28,
          29,
          34,
          OUT_OF_ORDER,
          41,
          42,
          44,
          50,
          58,
          102,
          127 ->
          Known.UNREACHABLE;
      default -> isWithDialler(cancelledAt) ? Known.CANCELLED : Known.NO_ANSWER;
    };
  }
}
