package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.asterisk.journal.Extra.Transfer;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ChannelName;
import io.tamas.call.record.DecisionNote;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who is in a call, as Asterisk's own rows tell it: the caller, the legs, whose call it is now,
/// and for how long they talk.
final class Parties {
  private static final String TRUNK = "trunk";

  /// After which rows somebody may talk who did not, or the other way round.
  private static final Set<RowType> MOVES =
      Set.of(
          Cel.BRIDGE_ENTER,
          Cel.BRIDGE_EXIT,
          Cel.STREAM_BEGIN,
          Cel.STREAM_END,
          Cel.HANGUP,
          Cel.CHAN_END,
          Cel.PARK_START,
          Cel.BLINDTRANSFER,
          Cel.ATTENDEDTRANSFER);

  /// By which the call goes on in another way.
  private static final Set<Cel> HANDED_ON =
      EnumSet.of(Cel.PARK_START, Cel.PARK_END, Cel.BLINDTRANSFER, Cel.ATTENDEDTRANSFER);

  private final ConnectedChannels channels = new ConnectedChannels();
  private final Legs legs = new Legs();
  private final Talk talk;
  private final Map<String, Hangup> hangups = new HashMap<>();
  private Caller caller;
  private boolean clicked;

  /// Whose call it is: see [Talk].
  private String main;

  /// The bridge in which the main party was last.
  private String mainBridge = "";

  /// Whether it was handed on to somebody with whom it does not talk yet.
  private boolean onItsWay;

  Parties(JournalEvent first) {
    caller = new Caller(first);
    main = first.uniqueId();
    talk = new Talk(first.at());
  }

  Caller caller() {
    return caller;
  }

  Legs legs() {
    return legs;
  }

  Talk talk() {
    return talk;
  }

  /// The first channel is the own phone of who clicked; it may not be there yet.
  void isClicked() {
    clicked = true;
    if (!caller.uniqueId.isEmpty()) {
      legs.isClicked(caller);
    }
  }

  /// How the main party's channel ended.
  Optional<Hangup> mainHangup() {
    return Optional.ofNullable(hangups.get(main));
  }

  /// The unique ids of the channels that still exist.
  Set<String> channels() {
    return channels.uniqueIds();
  }

  void end() {
    channels.clear();
  }

  /// What becomes of the party on this channel.
  void isDecided(String uniqueId, DecisionNote note) {
    legs.dialers().isDecided(uniqueId, note);
    talk.isServed(legs.dialers().serve(main));
  }

  /// Who speaks on a channel; empty: the caller. Whom a consultation led to a mailbox and who was
  /// then left there speaks as the main party.
  Optional<String> speaker(String uniqueId) {
    LegTie tie = legs.dialers().tie(uniqueId);
    if (tie.tie() == CallRecord.Tie.CONSULTATION) {
      return tie.by();
    }
    String speaks = tie.tie() == CallRecord.Tie.TRANSFERRED_ATTENDED ? main : uniqueId;
    return legs.of(speaks).filter(_ -> !speaks.equals(caller.uniqueId)).map(leg -> leg.party);
  }

  /// Takes a row in; true when the call goes on in another way by it.
  boolean apply(JournalEvent row) {
    talk.passes(row.at());
    boolean waited = talk.isWaiting();
    boolean changed = row.type() instanceof Cel event && isHandedOnBy(event, row);
    boolean isGone = hangups.containsKey(main);
    if (MOVES.contains(row.type())) {
      if (talk.changes(channels, main, isGone)) {
        changed = true;
        onItsWay = false;
      }
      talk.isServed(legs.dialers().serve(main));
    }
    // that it is in no bridge is not enough: it leaves one for a moment also while it talks on
    if (!isGone && (changed || onItsWay || row.type() == Cel.STREAM_BEGIN)) {
      changed |= talk.waits();
    }
    changed |= waited && talk.talks();
    if (row.uniqueId().equals(caller.uniqueId)) {
      caller.isKnownAs(row);
    }
    return changed;
  }

  /// True where somebody is transferred, parked or retrieved.
  private boolean isHandedOnBy(Cel event, JournalEvent row) {
    switch (event) {
      case CHAN_START -> appears(row);
      case ANSWER -> legs.of(row.uniqueId()).ifPresent(leg -> leg.picksUp(row.at()));
      case BRIDGE_ENTER -> enters(row);
      case BRIDGE_EXIT -> channels.leaves(row);
      case STREAM_BEGIN -> channels.hears(row);
      case STREAM_END -> channels.hearsNothing(row);
      case HANGUP -> hangsUp(row);
      case CHAN_END -> {
        channels.ends(row.uniqueId());
        legs.dialers().ends(row.uniqueId());
      }
      case APP_START, APP_END -> dial(row);
      case PICKUP -> legs.isPickedUp(row);
      case PARK_START -> {
        onItsWay = true;
        isParked(row);
      }
      case PARK_END -> legs.isRetrieved(channels.byName(Extra.retriever(row.extra())));
      case BLINDTRANSFER -> isTransferredBlind(row);
      case ATTENDEDTRANSFER -> isTransferredAttended(row);
      case FORWARD, LINKEDID_END, LOCAL_OPTIMIZE, LOCAL_OPTIMIZE_BEGIN, DTMF -> {}
    }
    return HANDED_ON.contains(event);
  }

  private void isTransferredBlind(JournalEvent row) {
    legs.isTransferredBlind(row);
    onItsWay = true;
    leaves(List.of(row.uniqueId()), Extra.transfer(row.extra()).transferee());
  }

  private void isTransferredAttended(JournalEvent row) {
    Transfer transfer = Extra.transfer(row.extra());
    legs.isTransferredAttended(row);
    onItsWay =
        !transfer.second().equals(row.uniqueId()) && !talk.partners().contains(transfer.target());
    leaves(List.of(row.uniqueId(), transfer.second()), transfer.transferee());
  }

  private void appears(JournalEvent row) {
    channels.appears(row);
    boolean begins = row.uniqueId().equals(row.linkedId());
    if (begins && caller.uniqueId.isEmpty()) {
      firstComes(row);
    }
    if (row.uniqueId().equals(caller.uniqueId)) {
      return;
    }
    if (new ChannelName(row.channel()).isLocal()) {
      if (row.context().equals("tamas-transfer")) {
        legs.dialers().consults(row.uniqueId(), row.channel());
      }
    } else if (begins) {
      guestComes(row);
    } else if (new ChannelName(row.channel()).isPerson()) {
      legs.rings(row);
    }
  }

  /// What Tamas wrote of the call was faster than Asterisk.
  private void firstComes(JournalEvent row) {
    caller = new Caller(row);
    mainIs(row.uniqueId());
    if (clicked) {
      legs.isClicked(caller);
    }
  }

  /// Where a call of our own and one from outside are joined, it is the outside one that was made.
  private void guestComes(JournalEvent row) {
    legs.comes(row);
    if (row.context().contains(TRUNK) && !caller.context.contains(TRUNK)) {
      legs.comes(caller.row);
      legs.isNoLeg(row.uniqueId());
      caller = new Caller(row);
      talk.beginsAgain();
      mainIs(row.uniqueId());
    }
  }

  private void mainIs(String uniqueId) {
    main = uniqueId;
    mainBridge = channels.bridge(uniqueId);
  }

  private void dial(JournalEvent row) {
    if (!row.application().equals("Dial")) {
      return;
    }
    if (row.type() == Cel.APP_START) {
      legs.dialers().wants(row.uniqueId(), Caller.dialled(row.applicationData()));
    } else {
      legs.dialEnds(row);
    }
  }

  private void enters(JournalEvent row) {
    channels.enters(row);
    String bridge = channels.bridge(row.uniqueId());
    if (bridge.isEmpty()) {
      return;
    }
    legs.of(row.uniqueId()).ifPresent(leg -> leg.talks(row.at()));
    if (new ChannelName(row.channel()).isLocal()) {
      legs.dialers().waits(row.channel(), bridge);
      return;
    }
    Optional<LegTie> consultation = legs.dialers().consultation(bridge);
    consultation.ifPresent(tie -> tie.isDoneBy(new ChannelName(row.channel()).party()));
    if (row.uniqueId().equals(main)) {
      mainEnters(bridge, consultation.isPresent());
    }
  }

  /// Who consults leaves the call to who waits for it.
  private void mainEnters(String bridge, boolean consults) {
    if (consults) {
      channels.in(mainBridge).stream()
          .filter(waiting -> new ChannelName(channels.name(waiting)).isPerson())
          .findFirst()
          .ifPresent(this::mainIs);
    } else {
      mainBridge = bridge;
    }
  }

  private void isParked(JournalEvent row) {
    String technologyAndParty = Extra.parker(row.extra());
    if (technologyAndParty.endsWith("/" + new ChannelName(channels.name(main)).party())) {
      mainIs(row.uniqueId());
    }
  }

  /// Who hands the call on leaves it to another.
  private void leaves(List<String> lines, String to) {
    if (lines.contains(main) && !to.isEmpty()) {
      mainIs(to);
    }
  }

  private void hangsUp(JournalEvent row) {
    Hangup how = Extra.hangup(row.extra());
    hangups.put(row.uniqueId(), how);
    channels.hangsUp(row.uniqueId());
    if (row.uniqueId().equals(caller.uniqueId)) {
      caller.hangsUp(row.at(), how);
    }
    if (how.dialStatus().equals("CANCEL")) {
      legs.dialers().givesUp(row.uniqueId(), row.at());
    }
    legs.of(row.uniqueId()).ifPresent(leg -> leg.hangsUp(row.at(), how));
  }
}
