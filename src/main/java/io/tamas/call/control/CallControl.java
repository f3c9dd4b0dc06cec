package io.tamas.call.control;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.LiveChannels;
import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.call.record.ControlOutcome;
import io.tamas.call.record.ControlOutcome.Absent;
import io.tamas.call.record.ControlOutcome.Done;
import io.tamas.call.record.ControlOutcome.NotNow;
import io.tamas.number.ExtensionNumber;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Acts on calls in progress, in the place of one of our phones: as if its user pressed the keys.
/// So what a phone may not do it may not have done either.
///
/// Asterisk away is an [io.tamas.asterisk.ami.AmiFault] or an [io.tamas.asterisk.ari.AriFault].
public final class CallControl {
  private static final String TRANSFER = "tamas-transfer";
  private static final String HOLD = "tamas-hold";

  /// Who is to be hung up when the other one on hold goes (`dialplan/hold.conf`).
  private static final String OTHER = "TAMAS_OTHER";

  private static final String NOBODY = "none";
  private static final Done DONE = new Done();

  private final LiveCalls calls;
  private final LiveChannels channels;
  private final Ami ami;
  private final Ari ari;
  private final Duration patience;

  /// How a call is handed on.
  public enum Transfer {
    /// The other one hears music until the new one was talked to.
    ATTENDED,
    BLIND
  }

  /// @param patience how long Asterisk may take to do it
  public CallControl(LiveCalls calls, LiveChannels channels, Ami ami, Ari ari, Duration patience) {
    this.calls = calls;
    this.channels = channels;
    this.ami = ami;
    this.ari = ari;
    this.patience = patience;
  }

  /// Whether a phone of the extension is in the call, talking or ringing.
  boolean takesPart(ExtensionNumber extension, String call) {
    return channels.of(call).stream()
        .anyMatch(channel -> channel.extension().equals(Optional.of(extension)));
  }

  /// Hangs up all who are in the call.
  ControlOutcome hangUp(String call) throws TimeoutException {
    if (calls.find(call).isEmpty()) {
      return new Absent();
    }
    for (Channel channel : channels.of(call)) {
      hangUp(channel);
    }
    return DONE;
  }

  private void hangUp(Channel channel) throws TimeoutException {
    String id = URLEncoder.encode(channel.uniqueId(), StandardCharsets.UTF_8);
    ari.request(AriRequest.delete("channels/" + id))
        .await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// @param by the extension that hands on; needed where several are in the call
  /// @param to as the phone would dial it
  ControlOutcome transfer(String call, Optional<ExtensionNumber> by, Transfer kind, String to) {
    return withSide(
        call,
        by,
        side -> {
          if (consults(side)) {
            return new NotNow("a transfer is under way already");
          }
          if (channels.othersInBridge(side).isEmpty()) {
            return new NotNow(name(side) + " talks with nobody now");
          }
          return switch (kind) {
            case ATTENDED ->
                // the key that ends the number: Asterisk waits for no further digit
                told(
                    AmiAction.attendedTransfer(side.name(), TRANSFER, to + "#"),
                    () -> consultsNow(call, side));
            case BLIND -> done(AmiAction.blindTransfer(side.name(), TRANSFER, to));
          };
        });
  }

  /// Brings together who was waiting and who was asked: who hands on goes.
  ControlOutcome complete(String call, Optional<ExtensionNumber> by) {
    return consultation(call, by, side -> done(AmiAction.hangUp(side.name())));
  }

  /// Back to who was waiting.
  ControlOutcome cancel(String call, Optional<ExtensionNumber> by) {
    return consultation(call, by, side -> done(AmiAction.cancelAttendedTransfer(side.name())));
  }

  /// The place is told in the call's events, and said to who parks.
  ControlOutcome park(String call, Optional<ExtensionNumber> by) {
    return withOther(call, by, (side, other) -> done(AmiAction.park(other.name(), side.name())));
  }

  /// The other one hears music, this one nothing, until it is resumed.
  ControlOutcome hold(String call, Optional<ExtensionNumber> by) {
    return withOther(
        call,
        by,
        (side, other) -> {
          ami.send(AmiAction.setVariable(side.name(), OTHER, other.name()));
          ami.send(AmiAction.setVariable(other.name(), OTHER, side.name()));
          return told(
              AmiAction.redirectBoth(side.name(), "silence", other.name(), "music", HOLD),
              () -> held(call).size() == 2);
        });
  }

  ControlOutcome resume(String call) {
    if (calls.find(call).isEmpty()) {
      return new Absent();
    }
    List<Channel> held = held(call);
    if (held.size() != 2) {
      return new NotNow("nobody is on hold");
    }
    Channel one = held.getFirst();
    Channel other = held.getLast();
    ami.send(AmiAction.setVariable(one.name(), OTHER, NOBODY));
    ami.send(AmiAction.setVariable(other.name(), OTHER, NOBODY));
    return told(AmiAction.bridge(one.name(), other.name()), () -> held(call).isEmpty());
  }

  private List<Channel> held(String call) {
    return channels.of(call).stream().filter(Channel::held).toList();
  }

  @FunctionalInterface
  private interface Pair {
    ControlOutcome act(Channel side, Channel other);
  }

  /// Where exactly two people talk, directly.
  private ControlOutcome withOther(String call, Optional<ExtensionNumber> by, Pair work) {
    return withSide(
        call,
        by,
        side -> {
          List<Channel> others = channels.othersInBridge(side);
          boolean two = others.size() == 1 && others.getFirst().isPerson();
          return two
              ? work.act(side, others.getFirst())
              : new NotNow(name(side) + " does not talk with one other now");
        });
  }

  private ControlOutcome consultation(
      String call, Optional<ExtensionNumber> by, Function<Channel, ControlOutcome> work) {
    return withSide(
        call,
        by,
        side -> consults(side) ? work.apply(side) : new NotNow("no transfer is under way"));
  }

  /// Somebody is left alone in a bridge while this one is alone in another one, or connected over
  /// `Local` channels once the colleague has answered.
  private boolean consults(Channel side) {
    boolean asks = channels.othersInBridge(side).stream().noneMatch(Channel::isPerson);
    return asks
        && channels.of(side.call()).stream()
            .filter(one -> one.isPerson() && !one.uniqueId().equals(side.uniqueId()))
            .anyMatch(one -> !one.bridge().isEmpty() && channels.othersInBridge(one).isEmpty());
  }

  private boolean consultsNow(String call, Channel asker) {
    return channels.of(call).stream()
        .filter(side -> side.uniqueId().equals(asker.uniqueId()) && !side.bridge().isEmpty())
        .anyMatch(this::consults);
  }

  private ControlOutcome withSide(
      String call, Optional<ExtensionNumber> by, Function<Channel, ControlOutcome> work) {
    if (calls.find(call).isEmpty()) {
      return new Absent();
    }
    List<Channel> phones =
        channels.of(call).stream()
            .filter(channel -> !channel.bridge().isEmpty())
            .filter(channel -> channel.extension().isPresent())
            .filter(channel -> by.isEmpty() || channel.extension().equals(by))
            .toList();
    return switch (phones.size()) {
      case 1 -> work.apply(phones.getFirst());
      case 0 -> new NotNow(by.map(ExtensionNumber::digits).orElse("no extension") + " talks now");
      default -> new NotNow("several extensions talk: one must be named");
    };
  }

  /// Answers when the journal tells what the action has brought about, so that what is asked next
  /// finds it so.
  private ControlOutcome told(AmiAction action, BooleanSupplier effect) {
    ControlOutcome outcome = done(action);
    if (outcome instanceof Done) {
      channels.await(effect, patience);
    }
    return outcome;
  }

  private ControlOutcome done(AmiAction action) {
    return switch (ami.send(action)) {
      case AmiAnswer.Done _ -> DONE;
      case AmiAnswer.Refused(String reason) -> new NotNow(reason);
    };
  }

  private static String name(Channel side) {
    return side.extension().map(ExtensionNumber::digits).orElse(side.name());
  }
}
