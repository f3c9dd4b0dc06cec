package io.tamas.call.control;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.LiveChannels;
import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.call.record.CallRecord.Progress;
import io.tamas.call.record.ControlOutcome;
import io.tamas.call.record.ControlOutcome.Absent;
import io.tamas.call.record.ControlOutcome.Done;
import io.tamas.call.record.ControlOutcome.NotNow;
import io.tamas.call.record.ControlOutcome.Parked;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Acts on calls in progress on behalf of an extension, as if its user pressed the keys of the
/// phone: what the phone may not do cannot be requested either.
///
/// While Asterisk is unavailable, each method throws an [io.tamas.asterisk.ami.AmiFault] or an
/// [io.tamas.asterisk.ari.AriFault].
public final class CallControl {
  private static final String TRANSFER = "tamas-transfer";
  private static final String HOLD = "tamas-hold";

  /// The channel to be hung up when the other one on hold ends (`dialplan/hold.conf`).
  private static final String OTHER = "TAMAS_OTHER";

  private static final String NOBODY = "none";
  private static final Duration KNOWN = Duration.ofSeconds(1);
  private static final Done DONE = new Done();

  private final LiveCalls calls;
  private final LiveChannels channels;
  private final Ami ami;
  private final Ari ari;
  private final Duration timeout;

  /// How a call is transferred.
  public enum Transfer {
    /// The connected party hears music during the consultation.
    ATTENDED,
    BLIND
  }

  /// @param timeout of each action in Asterisk
  public CallControl(LiveCalls calls, LiveChannels channels, Ami ami, Ari ari, Duration timeout) {
    this.calls = calls;
    this.channels = channels;
    this.ami = ami;
    this.ari = ari;
    this.timeout = timeout;
  }

  /// Whether a phone of the extension is in the call, connected or ringing.
  boolean takesPart(ExtensionNumber extension, String call) {
    return channels.of(call).stream()
        .anyMatch(channel -> channel.extension().equals(Optional.of(extension)));
  }

  /// When a call in progress began; one of which nothing is known yet begins now.
  Instant began(String call) {
    return calls.find(call).map(known -> known.when().startedAt()).orElse(Instant.MAX);
  }

  /// The extensions of which a phone is in the call, connected or ringing.
  Set<ExtensionNumber> participants(String call) {
    return extensions(call, _ -> true);
  }

  /// For which of them somebody acts who names none: the own one, or else the only one that is
  /// connected. Empty if there are several.
  ///
  /// @param allowed for whom they may act
  Optional<ExtensionNumber> actor(
      String call, Optional<ExtensionNumber> own, Predicate<ExtensionNumber> allowed) {
    Set<ExtensionNumber> participants = participants(call);
    Optional<ExtensionNumber> self = own.filter(participants::contains);
    if (self.isPresent() || participants.stream().allMatch(allowed)) {
      return self;
    }
    List<ExtensionNumber> connected =
        extensions(call, channel -> !channel.bridge().isEmpty()).stream().filter(allowed).toList();
    return switch (connected.size()) {
      case 0 -> participants.stream().filter(allowed).findFirst();
      case 1 -> Optional.of(connected.getFirst());
      default -> Optional.empty();
    };
  }

  private Set<ExtensionNumber> extensions(String call, Predicate<Channel> which) {
    return channels.of(call).stream()
        .filter(which)
        .flatMap(channel -> channel.extension().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// Waits until a call that was just made can be looked up and acted on, by its own extension too.
  /// Without PostgreSQL, or while Asterisk writes no journal, it cannot: then no longer than this.
  void awaitKnown(ExtensionNumber extension, String call) {
    channels.await(() -> takesPart(extension, call), KNOWN);
    calls.await(call, KNOWN);
  }

  /// Hangs up all parties of the call.
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
    ari.request(AriRequest.delete(AriRequest.channel(channel.uniqueId())))
        .await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// @param by the transferring extension; required if several are in the call
  /// @param keys what the transferring extension dials
  ControlOutcome transfer(
      String call,
      Optional<ExtensionNumber> by,
      Transfer kind,
      Function<ExtensionNumber, String> keys) {
    return withSide(
        call,
        by,
        side -> {
          if (isConsulting(side)) {
            return new NotNow("a transfer is already in progress");
          }
          if (channels.othersInBridge(side).isEmpty()) {
            return new NotNow(name(side) + " is not connected to anybody");
          }
          String to = keys.apply(side.extension().orElseThrow());
          return switch (kind) {
            case ATTENDED ->
                // # ends the number: Asterisk does not wait for a further digit
                sendAndAwait(
                    AmiAction.attendedTransfer(side.name(), TRANSFER, to + "#"),
                    () -> isConsultingNow(call, side));
            case BLIND -> send(AmiAction.blindTransfer(side.name(), TRANSFER, to));
          };
        });
  }

  /// Connects the waiting party with the consulted party; the transferring phone is hung up.
  ControlOutcome complete(String call, Optional<ExtensionNumber> by) {
    return consultation(call, by, side -> send(AmiAction.hangUp(side.name())));
  }

  /// Cancels the transfer: the transferring phone returns to the waiting party.
  ControlOutcome cancel(String call, Optional<ExtensionNumber> by) {
    return consultation(call, by, side -> send(AmiAction.cancelAttendedTransfer(side.name())));
  }

  /// The slot is also shown by the call's `progress`, and announced to the parking party.
  ControlOutcome park(String call, Optional<ExtensionNumber> by) {
    return withOther(
        call,
        by,
        (side, other) -> {
          ControlOutcome outcome =
              sendAndAwait(AmiAction.park(other.name(), side.name()), () -> slot(call).isPresent());
          return outcome instanceof Done ? new Parked(slot(call)) : outcome;
        });
  }

  private Optional<String> slot(String call) {
    return calls.find(call).flatMap(now -> now.when().progress()).flatMap(Progress::slot);
  }

  /// The held party hears music, the holding party nothing, until [#resume].
  ControlOutcome hold(String call, Optional<ExtensionNumber> by) {
    return withOther(
        call,
        by,
        (side, other) -> {
          ami.send(AmiAction.setVariable(side.name(), OTHER, other.name()));
          ami.send(AmiAction.setVariable(other.name(), OTHER, side.name()));
          return sendAndAwait(
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
    return sendAndAwait(AmiAction.bridge(one.name(), other.name()), () -> held(call).isEmpty());
  }

  private List<Channel> held(String call) {
    return channels.of(call).stream().filter(Channel::held).toList();
  }

  @FunctionalInterface
  private interface Pair {
    ControlOutcome act(Channel side, Channel other);
  }

  /// For a phone that is connected to exactly one other party, directly.
  private ControlOutcome withOther(String call, Optional<ExtensionNumber> by, Pair work) {
    return withSide(
        call,
        by,
        side -> {
          List<Channel> others = channels.othersInBridge(side);
          boolean two = others.size() == 1 && others.getFirst().isPerson();
          return two
              ? work.act(side, others.getFirst())
              : new NotNow(name(side) + " is not connected to exactly one other party");
        });
  }

  private ControlOutcome consultation(
      String call, Optional<ExtensionNumber> by, Function<Channel, ControlOutcome> work) {
    return withSide(
        call,
        by,
        side -> isConsulting(side) ? work.apply(side) : new NotNow("no transfer is in progress"));
  }

  /// A party is alone in a bridge while this phone is alone in another one, or connected over
  /// `Local` channels once the consulted party has answered.
  private boolean isConsulting(Channel side) {
    boolean alone = channels.othersInBridge(side).stream().noneMatch(Channel::isPerson);
    return alone
        && channels.of(side.call()).stream()
            .filter(one -> one.isPerson() && !one.uniqueId().equals(side.uniqueId()))
            .anyMatch(one -> !one.bridge().isEmpty() && channels.othersInBridge(one).isEmpty());
  }

  private boolean isConsultingNow(String call, Channel transferring) {
    return channels.of(call).stream()
        .filter(side -> side.uniqueId().equals(transferring.uniqueId()) && !side.bridge().isEmpty())
        .anyMatch(this::isConsulting);
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
      case 0 ->
          new NotNow(
              by.map(extension -> extension.digits() + " is not connected")
                  .orElse("no extension is connected"));
      default -> new NotNow("several extensions are connected: name one");
    };
  }

  /// Returns when the effect of the action shows in the journal, so that the next request finds it.
  private ControlOutcome sendAndAwait(AmiAction action, BooleanSupplier effect) {
    ControlOutcome outcome = send(action);
    if (outcome instanceof Done) {
      channels.await(effect, timeout);
    }
    return outcome;
  }

  private ControlOutcome send(AmiAction action) {
    return switch (ami.send(action)) {
      case AmiAnswer.Done _ -> DONE;
      case AmiAnswer.Refused(String reason) -> new NotNow(reason);
    };
  }

  private static String name(Channel side) {
    return side.extension().map(ExtensionNumber::digits).orElse(side.name());
  }
}
