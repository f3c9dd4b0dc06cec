package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.LegResult.Known;
import io.tamas.routing.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One leg: an attempt to reach a party, on all of its devices at once; or a party that joined by a
/// call of its own (a guest), such as to pick up.
final class LegFold {
  /// If no device answered, the result that is nearest to an answer is that of the leg.
  private static final List<Known> NEAREST_FIRST =
      List.of(
          Known.RINGING,
          Known.CANCELLED,
          Known.ANSWERED_ELSEWHERE,
          Known.NO_ANSWER,
          Known.REJECTED,
          Known.BUSY,
          Known.UNREACHABLE);

  final String party;
  final Instant startedAt;

  /// The unique id of the channel that dialled it, or empty.
  final String dialler;

  /// Whether it joined by a call of its own.
  final boolean guest;

  private final List<DeviceFold> devices = new ArrayList<>();
  private final Optional<Charge> charge;
  private Optional<LegTie> tie;

  private LegFold(
      String party,
      Instant startedAt,
      String dialler,
      Optional<LegTie> tie,
      boolean guest,
      Optional<Charge> charge) {
    this.party = party;
    this.startedAt = startedAt;
    this.dialler = dialler;
    this.tie = tie;
    this.guest = guest;
    this.charge = charge;
  }

  /// A party that is dialled; its devices are added.
  static LegFold dialled(
      String party, Instant at, String dialler, LegTie tie, Optional<Charge> charge) {
    return new LegFold(party, at, dialler, Optional.of(tie), false, charge);
  }

  /// A party with a call of its own that has not joined this one yet.
  static LegFold guest(String party, Instant at) {
    return new LegFold(party, at, "", Optional.empty(), true, Optional.empty());
  }

  LegFold add(DeviceFold device) {
    devices.add(device);
    return this;
  }

  void onAnswer(String uniqueId, Instant at) {
    on(
        uniqueId,
        device -> {
          device.onAnswer(at);
          if (tie() == Tie.CLICKED) {
            device.onConnected(at);
          }
        });
  }

  void onConnected(String uniqueId, Instant at) {
    on(uniqueId, device -> device.onConnected(at));
  }

  void onHangup(String uniqueId, Instant at, Hangup how) {
    on(uniqueId, device -> device.onHangup(at, how));
  }

  void onResponse(Optional<Integer> status, Optional<Integer> cause) {
    devices.forEach(device -> device.onResponse(status, cause));
  }

  /// One of its devices has declined.
  ///
  /// @param channel its name
  /// @param status by which one of SIP
  void onDeclined(String channel, int status) {
    devices.stream()
        .filter(device -> device.channel.equals(channel))
        .forEach(device -> device.onResponse(Optional.of(status), Optional.empty()));
  }

  void onDevice(String uniqueId, DialledPhone phone) {
    on(uniqueId, device -> device.onDevice(phone));
  }

  private void on(String uniqueId, Consumer<DeviceFold> change) {
    devices.stream().filter(device -> device.uniqueId.equals(uniqueId)).forEach(change);
  }

  void end(Instant at) {
    devices.forEach(device -> device.end(at));
  }

  void join(LegTie by) {
    tie = Optional.of(by);
  }

  boolean hasJoined() {
    return tie.isPresent();
  }

  boolean isOverTrunk() {
    return devices.stream().anyMatch(device -> device.trunk().isPresent());
  }

  Tie tie() {
    return tie.map(LegTie::tie).orElse(Tie.DIALLED);
  }

  /// The unique ids of the channels of its devices.
  Stream<String> uniqueIds() {
    return devices.stream().filter(DeviceFold::hasChannel).map(device -> device.uniqueId);
  }

  boolean hasChannel() {
    return devices.stream().anyMatch(DeviceFold::hasChannel);
  }

  boolean hasChannel(String name) {
    return devices.stream().anyMatch(device -> device.hasChannel() && device.channel.equals(name));
  }

  Optional<Instant> answeredAt() {
    return answering().flatMap(DeviceFold::answeredAt);
  }

  /// When its last device ended; if one answered, when that ended.
  Optional<Instant> endedAt() {
    Optional<DeviceFold> answering = answering();
    if (answering.isPresent()) {
      return answering.get().endedAt();
    }
    boolean isOver = devices.stream().allMatch(device -> device.endedAt().isPresent());
    return devices.stream()
        .flatMap(device -> device.endedAt().stream())
        .max(Comparator.naturalOrder())
        .filter(_ -> isOver);
  }

  Optional<Integer> cause() {
    return deciding(Optional.empty()).flatMap(DeviceFold::cause);
  }

  Known result(Optional<Instant> cancelledAt) {
    return deciding(cancelledAt).map(device -> device.result(cancelledAt)).orElse(Known.RINGING);
  }

  /// Whether a device answered and ended in the same moment, without being connected.
  boolean hasAnsweredInVain() {
    return devices.stream().anyMatch(DeviceFold::hasAnsweredInVain);
  }

  private Optional<DeviceFold> answering() {
    return devices.stream().filter(device -> device.answeredAt().isPresent()).findFirst();
  }

  /// The device whose result is that of the leg.
  private Optional<DeviceFold> deciding(Optional<Instant> cancelledAt) {
    return answering()
        .or(() ->
            devices.stream()
                .min(
                    Comparator.comparing(
                        device -> NEAREST_FIRST.indexOf(device.result(cancelledAt)))));
  }

  /// @param cancelledAt when the dialling party hung up before an answer
  Leg leg(Optional<Instant> cancelledAt, Duration talk) {
    Optional<DeviceFold> deciding = deciding(cancelledAt);
    Optional<DeviceFold> answering = answering();
    return new Leg(
        deciding.map(device -> device.channel).orElse(""),
        party,
        tie(),
        tie.flatMap(LegTie::by),
        startedAt,
        answeredAt(),
        endedAt(),
        result(cancelledAt),
        deciding.flatMap(device -> device.cause(cancelledAt)),
        talk,
        charge,
        deciding.flatMap(DeviceFold::trunk),
        deciding.flatMap(DeviceFold::sipStatus),
        answering.flatMap(device -> device.device(cancelledAt)),
        devices.stream()
            .filter(device -> !answering.equals(Optional.of(device)))
            .flatMap(device -> device.device(cancelledAt).stream())
            .toList());
  }
}
