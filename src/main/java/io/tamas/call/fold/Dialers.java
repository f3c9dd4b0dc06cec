package io.tamas.call.fold;

import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.ChannelName;
import io.tamas.call.record.DecisionNote;
import io.tamas.routing.Charge;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The channels of a call that ring others, and how those belong to the call. A channel that is
/// handed on rings others again, in another way.
final class Dialers {
  private final Map<String, Dialer> dialers = new LinkedHashMap<>();
  private final Map<String, Consultation> consultations = new HashMap<>();

  private static final class Dialer {
    /// Who is to be rung and has no channel yet.
    final Set<String> wanted = new LinkedHashSet<>();

    LegTie tie = LegTie.dialled();

    /// While what it rings is rung in the place of another.
    Optional<LegTie> forward = Optional.empty();

    /// Whether it was handed on and nothing was decided since.
    boolean handedOn;

    /// What was decided last.
    Optional<DecisionNote> decided = Optional.empty();

    /// Whether who is on it has a recorded voice to hear.
    boolean served;

    Optional<Instant> gaveUpAt = Optional.empty();
  }

  /// @param second the channel that rings the target
  private static final class Consultation {
    final LegTie tie = new LegTie(Tie.CONSULTATION, "");
    String bridge = "";
  }

  private Dialer dialer(String channel) {
    return dialers.computeIfAbsent(channel, _ -> new Dialer());
  }

  /// How the call came to be led on by this channel.
  LegTie tie(String channel) {
    return dialer(channel).tie;
  }

  /// How what this channel rings from now on belongs to the call.
  LegTie tieOfLegs(String channel) {
    Dialer dialer = dialer(channel);
    return dialer.forward.orElse(dialer.tie);
  }

  /// Who is rung first after a transfer came by that, also where the number that was dialled only
  /// stands for others.
  void isDecided(String channel, DecisionNote note) {
    Dialer dialer = dialer(channel);
    dialer.forward =
        note.forwardedBy()
            .filter(_ -> !dialer.handedOn)
            .map(extension -> new LegTie(Tie.FORWARDED, extension));
    dialer.handedOn = false;
    dialer.decided = Optional.of(note);
    dialer.served = note.speaks();
  }

  /// Whether a party has a recorded voice to hear: itself, or since it was handed on to who had.
  boolean serve(String channel) {
    for (var entry : dialers.entrySet()) {
      Dialer dialer = entry.getValue();
      boolean own = entry.getKey().equals(channel);
      if (dialer.served && (own || dialer.tie.tie() == Tie.TRANSFERRED_ATTENDED)) {
        return true;
      }
    }
    return false;
  }

  void ends(String channel) {
    Optional.ofNullable(dialers.get(channel)).ifPresent(dialer -> dialer.served = false);
  }

  /// The number outside that this channel calls, if it does, over whichever trunk.
  Optional<String> outside(String channel) {
    return decided(channel).flatMap(DecisionNote::numberOutside);
  }

  /// Who pays for whom this channel calls outside.
  Optional<Charge> charge(String channel) {
    return decided(channel).flatMap(DecisionNote::charge);
  }

  private Optional<DecisionNote> decided(String channel) {
    return Optional.ofNullable(dialers.get(channel)).flatMap(dialer -> dialer.decided);
  }

  void wants(String channel, Set<String> parties) {
    dialer(channel).wanted.addAll(parties);
  }

  /// Who was to be rung and got no channel: Asterisk has no address of it.
  List<String> unreached(String channel) {
    Dialer dialer = dialer(channel);
    List<String> parties = List.copyOf(dialer.wanted);
    dialer.wanted.clear();
    return parties;
  }

  /// Which channel rings this party, whose channel has just appeared: the last one that wants it.
  String dials(String party) {
    String found = "";
    for (var entry : dialers.entrySet()) {
      found = entry.getValue().wanted.contains(party) ? entry.getKey() : found;
    }
    if (!found.isEmpty()) {
      dialer(found).wanted.remove(party);
    }
    return found;
  }

  /// From now on what this channel rings belongs to the call in another way.
  void goesOn(String channel, LegTie tie) {
    Dialer dialer = dialer(channel);
    dialer.tie = tie;
    dialer.forward = Optional.empty();
    dialer.handedOn = tie.tie() != Tie.RETURNED; // which was not decided
    dialer.decided = Optional.empty();
    dialer.served = false;
  }

  void givesUp(String channel, Instant at) {
    dialer(channel).gaveUpAt = Optional.of(at);
  }

  /// When it stopped ringing others because nobody waited for them any more.
  Optional<Instant> gaveUpAt(String channel) {
    return Optional.ofNullable(dialers.get(channel)).flatMap(dialer -> dialer.gaveUpAt);
  }

  /// A half of the pair that leads from a consultation to its target.
  void consults(String channel, String name) {
    String pair = new ChannelName(name).pair();
    goesOn(channel, consultations.computeIfAbsent(pair, _ -> new Consultation()).tie);
  }

  /// The near half of a consultation waits in this bridge for who transfers.
  void waits(String name, String bridge) {
    Consultation consultation = consultations.get(new ChannelName(name).pair());
    if (consultation != null && consultation.bridge.isEmpty()) {
      consultation.bridge = bridge;
    }
  }

  /// The consultation for which somebody comes into a bridge.
  Optional<LegTie> consultation(String bridge) {
    return consultations.values().stream()
        .filter(consultation -> !bridge.isEmpty() && consultation.bridge.equals(bridge))
        .map(consultation -> consultation.tie)
        .findFirst();
  }
}
