package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.ChannelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whom the call reached or tried to reach, and how each of them belongs to it.
final class Legs {
  private final Map<String, LegFold> legs = new LinkedHashMap<>();
  private final Dialers dialers = new Dialers();

  /// The other lines of those who handed the call on: no parties of their own.
  private final Set<String> secondLines = new LinkedHashSet<>();

  Dialers dialers() {
    return dialers;
  }

  /// A phone is rung, or somebody outside over a trunk.
  void rings(JournalEvent row) {
    String endpoint = new ChannelName(row.channel()).party();
    String dialler = dialers.dials(endpoint);
    String party =
        ChannelName.isTrunk(endpoint) ? dialers.outside(dialler).orElse(endpoint) : endpoint;
    var leg =
        LegFold.ringing(
            row.channel(),
            party,
            row.at(),
            dialler,
            dialers.tieOfLegs(dialler),
            dialers.charge(dialler));
    legs.putIfAbsent(row.uniqueId(), leg);
  }

  /// The own phone of who clicked.
  void isClicked(Caller own) {
    String party = new ChannelName(own.channel).party();
    LegTie tie = new LegTie(Tie.CLICKED, "");
    var leg = LegFold.ringing(own.channel, party, own.startedAt, "", tie, Optional.empty());
    own.answeredAt().ifPresent(leg::picksUp);
    legs.putIfAbsent(own.uniqueId, leg);
  }

  /// Somebody comes by a call of their own.
  void comes(JournalEvent row) {
    boolean outside = row.context().contains("trunk") && !row.callerNumber().isEmpty();
    String party = outside ? row.callerNumber() : new ChannelName(row.channel()).party();
    legs.putIfAbsent(row.uniqueId(), LegFold.guest(row.channel(), party, row.at()));
  }

  /// It is the caller after all.
  void isNoLeg(String uniqueId) {
    legs.remove(uniqueId);
  }

  void dialEnds(JournalEvent row) {
    for (String party : dialers.unreached(row.uniqueId())) {
      var leg =
          LegFold.unreachable(party, row.at(), row.uniqueId(), dialers.tieOfLegs(row.uniqueId()));
      legs.put("unreachable/" + party + "/" + legs.size(), leg);
    }
  }

  /// A call that rang is taken by a guest.
  void isPickedUp(JournalEvent row) {
    takesPart(Extra.picker(row.extra()), Tie.PICKED_UP, "");
  }

  void isRetrieved(Optional<String> uniqueId) {
    uniqueId.ifPresent(retriever -> takesPart(retriever, Tie.RETRIEVED, ""));
  }

  void isTransferredBlind(JournalEvent row) {
    String transferee = Extra.transfer(row.extra()).transferee();
    String by = new ChannelName(row.channel()).party();
    dialers.goesOn(transferee, new LegTie(Tie.TRANSFERRED_BLIND, by));
  }

  /// By key there is one line and a consultation, by the phone's own button there are two lines, of
  /// which the second rings or rang the target, or was rung by it.
  void isTransferredAttended(JournalEvent row) {
    Extra.Transfer transfer = Extra.transfer(row.extra());
    String by = new ChannelName(row.channel()).party();
    if (transfer.second().equals(row.uniqueId())) {
      dialers
          .consultation(transfer.consultation())
          .ifPresent(tie -> tie.becomes(Tie.TRANSFERRED_ATTENDED, by));
    } else {
      for (String line : List.of(row.uniqueId(), transfer.second())) {
        secondLines.add(line);
      }
      dialers.tie(transfer.second()).becomes(Tie.TRANSFERRED_ATTENDED, by);
      takesPart(transfer.target(), Tie.TRANSFERRED_ATTENDED, by);
    }
  }

  private void takesPart(String uniqueId, Tie tie, String by) {
    LegFold leg = legs.get(uniqueId);
    if (leg != null && leg.guest) {
      leg.takesPart(new LegTie(tie, by));
    }
  }

  Optional<LegFold> of(String uniqueId) {
    return Optional.ofNullable(legs.get(uniqueId));
  }

  void end(Instant at) {
    legs.values().forEach(leg -> leg.ends(at));
  }

  boolean isEmpty() {
    return shown(Set.of()).isEmpty();
  }

  /// Those of the record, by unique id, in the order in which they began.
  ///
  /// @param partners who talked with the main party: a guest who did has a part in the call, even
  ///   when it is not known how
  List<Map.Entry<String, LegFold>> shown(Collection<String> partners) {
    List<Map.Entry<String, LegFold>> shown = new ArrayList<>();
    for (var entry : legs.entrySet()) {
      LegFold leg = entry.getValue();
      boolean isSecondLine = leg.guest && secondLines.contains(entry.getKey());
      if (leg.takesPart() || (partners.contains(entry.getKey()) && !isSecondLine)) {
        shown.add(entry);
      }
    }
    shown.sort(Comparator.comparing(entry -> entry.getValue().startedAt));
    return shown;
  }
}
