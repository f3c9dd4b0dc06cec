package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.ChannelName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parties that the call reached or tried to reach, and how each belongs to it.
final class Legs {
  /// Dial hangs up what moves its call at once.
  private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

  private static final Pattern RESPONSE =
      Pattern.compile("([1-6][0-9]{2})?(?:[|]([1-9][0-9]{0,2}))?");

  /// Of a phone that declined, by its channel.
  private static final Pattern DECLINED = Pattern.compile("([1-6][0-9]{2})[|](PJSIP/[^|]+)");

  private final List<LegFold> legs = new ArrayList<>();

  /// By the unique ids of the channels of their devices.
  private final Map<String, LegFold> byChannel = new HashMap<>();

  private final Diallers diallers = new Diallers();

  /// When a device moved its call, by the unique id of the channel that dialled it.
  private final Map<String, Instant> moved = new HashMap<>();

  /// Both lines of a phone that transferred by its own button: not parties of the call by
  /// themselves.
  private final Set<String> transferLines = new LinkedHashSet<>();

  Diallers diallers() {
    return diallers;
  }

  /// A phone is dialled, or an external party over a trunk.
  void onDialledChannel(JournalEvent row) {
    String endpoint = new ChannelName(row.channel()).party();
    Diallers.Taken taken = diallers.take(endpoint);
    String dialler = taken.dialler();
    DeviceFold device = new DeviceFold(row.uniqueId(), row.channel(), taken.phone());
    LegFold leg =
        diallers.leg(dialler, endpoint).orElseGet(() -> open(dialler, taken.phone(), row.at()));
    put(row.uniqueId(), leg.add(device));
  }

  /// The leg of an endpoint of which a first device is dialled.
  private LegFold open(String dialler, DialledPhone dialled, Instant at) {
    String endpoint = dialled.endpoint();
    LegFold leg = unopened(dialler, dialled, at);
    diallers.takeUndialled(dialler, endpoint).stream()
        .map(phone -> DeviceFold.unreachable(phone, at))
        .forEach(leg::add);
    diallers.onLeg(dialler, endpoint, leg);
    legs.add(leg);
    return leg;
  }

  /// The leg of an endpoint of which Asterisk has no address.
  private LegFold openUnreached(String dialler, DialledPhone dialled, Instant at) {
    LegFold leg = unopened(dialler, dialled, at);
    diallers.onLeg(dialler, dialled.endpoint(), leg);
    legs.add(leg);
    return leg;
  }

  /// An external party is named by its number: as it was decided, else as it is sent.
  private LegFold unopened(String dialler, DialledPhone dialled, Instant at) {
    LegTie tie = diallers.tieOfLegs(dialler);
    if (!ChannelName.isTrunk(dialled.endpoint())) {
      return LegFold.dialled(dialled.endpoint(), at, dialler, tie, Optional.empty());
    }
    Optional<String> number = diallers.externalNumber(dialler).or(dialled::number);
    String party = number.orElse(dialled.endpoint());
    return LegFold.dialled(party, at, dialler, tie, diallers.charge(dialler));
  }

  private void put(String uniqueId, LegFold leg) {
    byChannel.put(uniqueId, leg);
  }

  /// The leg of the phone of the user who clicked.
  void addClicked(Caller own) {
    String party = new ChannelName(own.channel).party();
    LegTie tie = new LegTie(Tie.CLICKED, "");
    // several devices are dialled over a Local channel: then they are the leg
    if (byChannel.containsKey(own.uniqueId) || new ChannelName(own.channel).isLocal()) {
      return;
    }
    var leg = LegFold.dialled(party, own.startedAt, "", tie, Optional.empty());
    addWith(leg, own.uniqueId, own.channel, party);
    own.answeredAt().ifPresent(at -> leg.onAnswer(own.uniqueId, at));
  }

  /// A party with a call of its own, which may join this one.
  void addGuest(JournalEvent row) {
    boolean isExternal = row.context().contains("trunk") && !row.callerNumber().isEmpty();
    String party = isExternal ? row.callerNumber() : new ChannelName(row.channel()).party();
    if (!byChannel.containsKey(row.uniqueId())) {
      addWith(LegFold.guest(party, row.at()), row.uniqueId(), row.channel(), party);
    }
  }

  private void addWith(LegFold leg, String uniqueId, String channel, String party) {
    legs.add(leg.add(new DeviceFold(uniqueId, channel, DialledPhone.of(party))));
    put(uniqueId, leg);
  }

  /// The channel is the caller, not a leg.
  void remove(String uniqueId) {
    Optional.ofNullable(byChannel.remove(uniqueId)).ifPresent(legs::remove);
  }

  void onDialEnd(JournalEvent row) {
    String dialler = row.uniqueId();
    for (DialledPhone phone : diallers.takeUnreached(dialler)) {
      LegFold leg =
          diallers
              .leg(dialler, phone.endpoint())
              .orElseGet(() -> openUnreached(dialler, phone, row.at()));
      leg.add(DeviceFold.unreachable(phone, row.at()));
    }
    diallers.onDialEnd(dialler);
  }

  /// A device that this channel dials moves the call. It may be hung up before its answer is known.
  void onMoved(JournalEvent row) {
    moved.put(row.uniqueId(), row.at());
  }

  void onHangup(JournalEvent row, Hangup how) {
    of(row.uniqueId())
        .ifPresent(leg ->
            leg.onHangup(
                row.uniqueId(),
                row.at(),
                Optional.ofNullable(moved.remove(leg.dialler))
                    .filter(_ -> how.cause() == 0)
                    .filter(at -> at.plus(SAME_MOMENT).isAfter(row.at()))
                    .map(_ -> DeviceFold.moved(row.channel()))
                    .orElse(how)));
  }

  /// The trunk that this channel dialled last has not connected the call, or a phone has declined.
  ///
  /// @param response its last SIP status, if that is known, and the cause that the dialplan made of
  ///   it, such as `486|17`; of a phone its channel, such as `607|PJSIP/101-0000002a`. An older
  ///   Tamas wrote neither, and only where all phones that rang had declined
  void onResponse(String dialler, String response) {
    Matcher declined = DECLINED.matcher(response);
    if (declined.matches()) {
      withChannel(declined.group(2))
          .ifPresent(leg -> leg.onDeclined(declined.group(2), Integer.parseInt(declined.group(1))));
    }
    Matcher read = RESPONSE.matcher(response);
    if (read.matches()) {
      legs.stream()
          .filter(leg -> leg.dialler.equals(dialler))
          .reduce((_, last) -> last)
          .ifPresent(leg -> leg.onResponse(number(read.group(1)), number(read.group(2))));
    }
  }

  private static Optional<Integer> number(@Nullable String digits) {
    return Optional.ofNullable(digits).map(Integer::valueOf);
  }

  /// The device of a guest.
  void onDevice(String uniqueId, String channel, String text) {
    String endpoint = new ChannelName(channel).party();
    DialledPhone.parse("PJSIP/" + endpoint + "|" + text).stream()
        .filter(DialledPhone::device)
        .forEach(phone -> of(uniqueId).ifPresent(leg -> leg.onDevice(uniqueId, phone)));
  }

  /// A guest picks up the ringing call, or retrieves a parked party: one with a call of its own, or
  /// one who clicked to do so.
  ///
  /// @param caller of this call, who is no guest
  void onTaken(String uniqueId, Tie how, String caller) {
    LegFold leg = byChannel.get(uniqueId);
    if (leg != null && leg.tie() == Tie.CLICKED && !uniqueId.equals(caller)) {
      leg.join(new LegTie(how, ""));
    } else {
      join(uniqueId, how, "");
    }
  }

  void onBlindTransfer(JournalEvent row) {
    String transferee = Extra.transfer(row.extra()).transferee();
    String by = new ChannelName(row.channel()).party();
    diallers.changeTie(transferee, new LegTie(Tie.TRANSFERRED_BLIND, by));
  }

  /// A transfer by key has one line and a consultation. A transfer by the phone's own button has
  /// two lines, of which the second dialled the transfer target, or was dialled by it.
  void onAttendedTransfer(JournalEvent row) {
    Extra.Transfer transfer = Extra.transfer(row.extra());
    String by = new ChannelName(row.channel()).party();
    if (transfer.second().equals(row.uniqueId())) {
      diallers
          .consultation(transfer.consultation())
          .ifPresent(tie -> tie.change(Tie.TRANSFERRED_ATTENDED, by));
    } else {
      for (String line : List.of(row.uniqueId(), transfer.second())) {
        transferLines.add(line);
      }
      diallers.tie(transfer.second()).change(Tie.TRANSFERRED_ATTENDED, by);
      join(transfer.target(), Tie.TRANSFERRED_ATTENDED, by);
    }
  }

  private void join(String uniqueId, Tie tie, String by) {
    LegFold leg = byChannel.get(uniqueId);
    if (leg != null && leg.guest) {
      leg.join(new LegTie(tie, by));
    }
  }

  Optional<LegFold> of(String uniqueId) {
    return Optional.ofNullable(byChannel.get(uniqueId));
  }

  /// The leg that has a channel of this name.
  Optional<LegFold> withChannel(String name) {
    return legs.stream().filter(leg -> leg.hasChannel(name)).findFirst();
  }

  Stream<LegFold> all() {
    return legs.stream();
  }

  void end(Instant at) {
    legs.forEach(leg -> leg.end(at));
  }

  boolean isEmpty() {
    return shown(Set.of()).isEmpty();
  }

  /// The legs of the record, in the order in which they started.
  ///
  /// @param partners the parties that were connected to the main party: a guest that was belongs to
  ///   the call, even if it is not known how it joined
  List<LegFold> shown(Collection<String> partners) {
    List<LegFold> shown = new ArrayList<>();
    for (LegFold leg : legs) {
      boolean isTransferLine = leg.guest && leg.uniqueIds().anyMatch(transferLines::contains);
      if (leg.hasJoined() || (leg.uniqueIds().anyMatch(partners::contains) && !isTransferLine)) {
        shown.add(leg);
      }
    }
    shown.sort(Comparator.comparing(leg -> leg.startedAt));
    return shown;
  }
}
