package io.tamas.call.fold;

import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.ChannelName;
import io.tamas.call.record.DecisionNote;
import io.tamas.routing.Charge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The dialling channels of a call, and the tie by which the legs that they dial belong to it. A
/// channel that is transferred dials again, with another tie.
final class Diallers {
  private final Map<String, Dialler> diallers = new LinkedHashMap<>();
  private final Map<String, Consultation> consultations = new HashMap<>();

  private static final class Dialler {
    /// What is to be dialled and has no channel yet.
    final List<DialledPhone> expected = new ArrayList<>();

    /// The legs of the endpoints that it dials, while it dials them.
    final Map<String, LegFold> legs = new HashMap<>();

    LegTie tie = LegTie.dialled();

    /// The tie of its legs while they are dialled instead of the extension that forwards to them.
    Optional<LegTie> forward = Optional.empty();

    /// Whether it was transferred and nothing was decided since.
    boolean transferred;

    /// The last decision.
    Optional<DecisionNote> decided = Optional.empty();

    /// Whether its party is in a mailbox, a menu or an announcement.
    boolean playsPrompts;

    Optional<Instant> cancelledAt = Optional.empty();
  }

  /// The tie of the consultation's legs, and the bridge in which the transferring phone waits for
  /// the transfer target; empty before.
  private static final class Consultation {
    final LegTie tie = new LegTie(Tie.CONSULTATION, "");
    String bridge = "";
  }

  private Dialler dialler(String channel) {
    return diallers.computeIfAbsent(channel, _ -> new Dialler());
  }

  /// How this channel came to dial for the call.
  LegTie tie(String channel) {
    return dialler(channel).tie;
  }

  /// How the legs that this channel dials from now on belong to the call.
  LegTie tieOfLegs(String channel) {
    Dialler dialler = dialler(channel);
    return dialler.forward.orElse(dialler.tie);
  }

  /// The first legs after a transfer belong to the call by the transfer, even if the dialled
  /// extension forwards to them.
  void onDecision(String channel, DecisionNote note) {
    Dialler dialler = dialler(channel);
    dialler.forward =
        note.forwardedBy()
            .filter(_ -> !dialler.transferred)
            .map(extension -> new LegTie(Tie.FORWARDED, extension));
    dialler.transferred = false;
    dialler.decided = Optional.of(note);
    dialler.playsPrompts = note.playsPrompts();
  }

  /// Whether prompts are played to a party: on its own channel, or on that of the consultation by
  /// which it was transferred.
  boolean playsPrompts(String channel) {
    for (var entry : diallers.entrySet()) {
      Dialler dialler = entry.getValue();
      boolean own = entry.getKey().equals(channel);
      if (dialler.playsPrompts && (own || dialler.tie.tie() == Tie.TRANSFERRED_ATTENDED)) {
        return true;
      }
    }
    return false;
  }

  void onChannelEnd(String channel) {
    Optional.ofNullable(diallers.get(channel)).ifPresent(dialler -> dialler.playsPrompts = false);
  }

  /// The external number that this channel calls, if it does, over whichever trunk.
  Optional<String> externalNumber(String channel) {
    return decided(channel).flatMap(DecisionNote::externalNumber);
  }

  /// What the external legs that this channel dials are charged to.
  Optional<Charge> charge(String channel) {
    return decided(channel).flatMap(DecisionNote::charge);
  }

  private Optional<DecisionNote> decided(String channel) {
    return Optional.ofNullable(diallers.get(channel)).flatMap(dialler -> dialler.decided);
  }

  /// What is about to be dialled by this channel; see [DialledPhone#parse].
  void expect(String channel, String dialled) {
    List<DialledPhone> expected = dialler(channel).expected;
    for (DialledPhone phone : DialledPhone.parse(dialled)) {
      if (phone.device() || !expects(expected, phone.endpoint())) {
        expected.add(phone);
      }
    }
  }

  private static boolean expects(List<DialledPhone> expected, String endpoint) {
    return expected.stream().anyMatch(phone -> phone.endpoint().equals(endpoint));
  }

  /// Returns what was to be dialled and got no channel, because Asterisk has no address of it. It
  /// is not expected any longer.
  List<DialledPhone> takeUnreached(String channel) {
    Dialler dialler = dialler(channel);
    List<DialledPhone> phones = List.copyOf(dialler.expected);
    dialler.expected.clear();
    return phones;
  }

  /// Returns the devices of an endpoint that are not dialled. They are not expected any longer.
  List<DialledPhone> takeUndialled(String channel, String endpoint) {
    List<DialledPhone> expected = dialler(channel).expected;
    List<DialledPhone> undialled =
        expected.stream()
            .filter(phone -> phone.endpoint().equals(endpoint) && !phone.dialled())
            .toList();
    expected.removeAll(undialled);
    return undialled;
  }

  /// @param dialler the channel that dials, or empty
  record Taken(String dialler, DialledPhone phone) {}

  /// Returns which channel dials this endpoint, a channel of which has just appeared: the last one
  /// that expects it; and the device, since Asterisk creates the channels in the order in which
  /// they are dialled. It does not expect that any longer.
  Taken take(String endpoint) {
    Taken found = new Taken("", DialledPhone.of(endpoint));
    for (var entry : diallers.entrySet()) {
      Optional<DialledPhone> next =
          entry.getValue().expected.stream()
              .filter(phone -> phone.endpoint().equals(endpoint) && phone.dialled())
              .findFirst();
      found = next.map(phone -> new Taken(entry.getKey(), phone)).orElse(found);
    }
    if (!found.dialler().isEmpty()) {
      dialler(found.dialler()).expected.remove(found.phone());
    }
    return found;
  }

  /// The leg of an endpoint that this channel dials now, if another of its devices is dialled.
  Optional<LegFold> leg(String channel, String endpoint) {
    return Optional.ofNullable(diallers.get(channel))
        .flatMap(dialler -> Optional.ofNullable(dialler.legs.get(endpoint)));
  }

  void onLeg(String channel, String endpoint, LegFold leg) {
    if (!channel.isEmpty()) {
      dialler(channel).legs.put(endpoint, leg);
    }
  }

  /// What it dials next are other legs.
  void onDialEnd(String channel) {
    dialler(channel).legs.clear();
  }

  /// The legs that this channel dials from now on belong to the call by this tie.
  void changeTie(String channel, LegTie tie) {
    Dialler dialler = dialler(channel);
    dialler.tie = tie;
    dialler.legs.clear();
    dialler.forward = Optional.empty();
    dialler.transferred = tie.tie() != Tie.RETURNED; // a return is not decided by Tamas
    dialler.decided = Optional.empty();
    dialler.playsPrompts = false;
  }

  void onCancel(String channel, Instant at) {
    dialler(channel).cancelledAt = Optional.of(at);
  }

  /// When it stopped dialling because the dialling party hung up.
  Optional<Instant> cancelledAt(String channel) {
    return Optional.ofNullable(diallers.get(channel)).flatMap(dialler -> dialler.cancelledAt);
  }

  /// A half of the `Local` pair that dials the target of a consultation has appeared.
  void onConsultationChannel(String channel, String name) {
    String pair = new ChannelName(name).pair();
    changeTie(channel, consultations.computeIfAbsent(pair, _ -> new Consultation()).tie);
  }

  /// The near half of a consultation's pair is in this bridge, before the transferring phone.
  void onConsultationBridge(String name, String bridge) {
    Consultation consultation = consultations.get(new ChannelName(name).pair());
    if (consultation != null && consultation.bridge.isEmpty()) {
      consultation.bridge = bridge;
    }
  }

  /// The tie of the consultation that takes place in a bridge.
  Optional<LegTie> consultation(String bridge) {
    return consultations.values().stream()
        .filter(consultation -> !bridge.isEmpty() && consultation.bridge.equals(bridge))
        .map(consultation -> consultation.tie)
        .findFirst();
  }
}
