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

/// The parties that the call reached or tried to reach, and how each belongs to it.
final class Legs {
  private final Map<String, LegFold> legs = new LinkedHashMap<>();
  private final Diallers diallers = new Diallers();

  /// Both lines of a phone that transferred by its own button: not parties of the call by
  /// themselves.
  private final Set<String> transferLines = new LinkedHashSet<>();

  Diallers diallers() {
    return diallers;
  }

  /// A phone is dialled, or an external party over a trunk.
  void onDialledChannel(JournalEvent row) {
    String endpoint = new ChannelName(row.channel()).party();
    String dialler = diallers.takeDialler(endpoint);
    String party =
        ChannelName.isTrunk(endpoint)
            ? diallers.externalNumber(dialler).orElse(endpoint)
            : endpoint;
    var leg =
        LegFold.ringing(
            row.channel(),
            party,
            row.at(),
            dialler,
            diallers.tieOfLegs(dialler),
            diallers.charge(dialler));
    legs.putIfAbsent(row.uniqueId(), leg);
  }

  /// The leg of the phone of the user who clicked.
  void addClicked(Caller own) {
    String party = new ChannelName(own.channel).party();
    LegTie tie = new LegTie(Tie.CLICKED, "");
    var leg = LegFold.ringing(own.channel, party, own.startedAt, "", tie, Optional.empty());
    own.answeredAt().ifPresent(leg::onAnswer);
    legs.putIfAbsent(own.uniqueId, leg);
  }

  /// A party with a call of its own, which may join this one.
  void addGuest(JournalEvent row) {
    boolean isExternal = row.context().contains("trunk") && !row.callerNumber().isEmpty();
    String party = isExternal ? row.callerNumber() : new ChannelName(row.channel()).party();
    legs.putIfAbsent(row.uniqueId(), LegFold.guest(row.channel(), party, row.at()));
  }

  /// The channel is the caller, not a leg.
  void remove(String uniqueId) {
    legs.remove(uniqueId);
  }

  void onDialEnd(JournalEvent row) {
    for (String party : diallers.takeUnreached(row.uniqueId())) {
      var leg =
          LegFold.unreachable(party, row.at(), row.uniqueId(), diallers.tieOfLegs(row.uniqueId()));
      legs.put("unreachable/" + party + "/" + legs.size(), leg);
    }
  }

  /// A guest picks up the ringing call.
  void onPickup(JournalEvent row) {
    join(Extra.picker(row.extra()), Tie.PICKED_UP, "");
  }

  void onRetrieved(Optional<String> uniqueId) {
    uniqueId.ifPresent(retriever -> join(retriever, Tie.RETRIEVED, ""));
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
    LegFold leg = legs.get(uniqueId);
    if (leg != null && leg.guest) {
      leg.join(new LegTie(tie, by));
    }
  }

  Optional<LegFold> of(String uniqueId) {
    return Optional.ofNullable(legs.get(uniqueId));
  }

  void end(Instant at) {
    legs.values().forEach(leg -> leg.end(at));
  }

  boolean isEmpty() {
    return shown(Set.of()).isEmpty();
  }

  /// The legs of the record, by unique id, in the order in which they started.
  ///
  /// @param partners the parties that were connected to the main party: a guest that was belongs to
  ///   the call, even if it is not known how it joined
  List<Map.Entry<String, LegFold>> shown(Collection<String> partners) {
    List<Map.Entry<String, LegFold>> shown = new ArrayList<>();
    for (var entry : legs.entrySet()) {
      LegFold leg = entry.getValue();
      boolean isTransferLine = leg.guest && transferLines.contains(entry.getKey());
      if (leg.hasJoined() || (partners.contains(entry.getKey()) && !isTransferLine)) {
        shown.add(entry);
      }
    }
    shown.sort(Comparator.comparing(entry -> entry.getValue().startedAt));
    return shown;
  }
}
