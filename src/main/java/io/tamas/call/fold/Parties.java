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

/// The parties of a call, by Asterisk's own rows: the caller, the legs, the main party (see
/// [TalkTime]), and for how long they are connected.
final class Parties {
  private static final String TRUNK = "trunk";

  /// Where the dialplan rings all devices of the user who clicked (`dialplan/click.conf`).
  private static final String CLICK_RING = "tamas-click-ring";

  /// The rows after which a party may be connected that was not, or the reverse.
  private static final Set<RowType> CONNECTING =
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

  /// The rows by which the call is transferred, parked or retrieved.
  private static final Set<Cel> TRANSFERRING =
      EnumSet.of(Cel.PARK_START, Cel.PARK_END, Cel.BLINDTRANSFER, Cel.ATTENDEDTRANSFER);

  private final ConnectedChannels channels = new ConnectedChannels();
  private static final int NORMAL_CLEARING = 16;

  /// With that the dialplan ends a call that no trunk has taken (ITU-T Q.850).
  static final int NO_CIRCUIT = 34;

  /// As Asterisk names it as the source of a hangup.
  private static final String DIALPLAN = "dialplan/builtin";

  private final Legs legs = new Legs();
  private final TalkTime talk;
  private final ParkedSlots slots = new ParkedSlots();
  private final Map<String, Hangup> hangups = new HashMap<>();

  /// The devices of the user who clicked, if several ring.
  private final Map<String, JournalEvent> ownDevices = new HashMap<>();

  /// Of the first row. Calls that were joined have others.
  private final String linkedId;

  private Caller caller;
  private boolean clicked;

  /// The unique id of the main party.
  private String main;

  /// The last bridge of the main party.
  private String mainBridge = "";

  /// Whether the main party was transferred or parked and is not connected to the next party yet.
  private boolean inTransfer;

  Parties(JournalEvent first) {
    linkedId = first.linkedId();
    caller = new Caller(first);
    main = first.uniqueId();
    talk = new TalkTime(first.at());
  }

  /// Whether a row belongs to a call that joined this one.
  boolean isOfJoined(JournalEvent row) {
    return !row.linkedId().equals(linkedId);
  }

  Caller caller() {
    return caller;
  }

  Legs legs() {
    return legs;
  }

  TalkTime talk() {
    return talk;
  }

  /// Where its parties are parked.
  ParkedSlots slots() {
    return slots;
  }

  /// The slot of a waiting party that is parked.
  Optional<String> slot() {
    return slots.isEmpty() ? Optional.empty() : slotOf(waiting());
  }

  private Optional<String> slotOf(Set<String> waiting) {
    return waiting.stream()
        .filter(channels::isParked)
        .flatMap(id -> slots.of(id).stream())
        .findFirst();
  }

  /// The first channel is the phone of the user who clicked; it may not exist yet.
  void onClick() {
    clicked = true;
    if (!caller.uniqueId.isEmpty()) {
      legs.addClicked(caller);
    }
  }

  /// How the main party's channel ended. Asterisk keeps the first source of a hangup that a channel
  /// is given, which may be that of a party that had hung up before.
  Optional<Hangup> mainHangup() {
    Optional<Hangup> own = Optional.ofNullable(hangups.get(main));
    return own.map(how ->
        later(how).map(source -> new Hangup(how.cause(), source, how.dialStatus())).orElse(how));
  }

  /// Who hung up after the party that counts as the source: nobody where the dialplan could call no
  /// other one; else the last one with whom there was a conversation; else who gave up while the
  /// next one rang.
  private Optional<String> later(Hangup how) {
    Optional<LegFold> source =
        legs.withChannel(how.source()).filter(leg -> leg.endedAt().isPresent());
    if (source.isEmpty()) {
      return Optional.empty();
    }
    if (how.cause() == NO_CIRCUIT
        && source.flatMap(LegFold::cause).filter(own -> own != NO_CIRCUIT).isPresent()) {
      return Optional.of(DIALPLAN);
    }
    return talk.last()
        .filter(uniqueId -> legs.of(uniqueId).filter(leg -> isAfter(leg, source.get())).isPresent())
        .map(uniqueId -> Optional.ofNullable(hangups.get(uniqueId)).map(Hangup::source))
        .orElseGet(() -> gaveUp(how, source.get()));
  }

  private Optional<String> gaveUp(Hangup how, LegFold source) {
    boolean isCaller = main.equals(caller.uniqueId) && how.cause() == NORMAL_CLEARING;
    return isCaller && legs.all().anyMatch(leg -> isAfter(leg, source))
        ? Optional.of(caller.channel)
        : Optional.empty();
  }

  /// Whether a leg began after another one was over: that one has ended, or it had been answered
  /// and the main party dials again, of which Asterisk may write before it writes of the end.
  private boolean isAfter(LegFold leg, LegFold before) {
    return before.endedAt().filter(leg.startedAt::isAfter).isPresent()
        || (leg.dialler.equals(main)
            && before.answeredAt().filter(leg.startedAt::isAfter).isPresent());
  }

  /// The unique ids of the channels that still exist.
  Set<String> channels() {
    return channels.uniqueIds();
  }

  void end() {
    channels.clear();
  }

  /// The party on this channel is routed.
  void onDecision(String uniqueId, DecisionNote note) {
    legs.diallers().onDecision(uniqueId, note);
    talk.onPrompts(legs.diallers().playsPrompts(main));
  }

  /// The party on a channel; empty: the caller. In a mailbox that a consultation reached it is the
  /// main party, once the transfer is completed.
  Optional<String> partyOn(String uniqueId) {
    LegTie tie = legs.diallers().tie(uniqueId);
    if (tie.tie() == CallRecord.Tie.CONSULTATION) {
      return tie.by();
    }
    String party = tie.tie() == CallRecord.Tie.TRANSFERRED_ATTENDED ? main : uniqueId;
    return legs.of(party).filter(_ -> !party.equals(caller.uniqueId)).map(leg -> leg.party);
  }

  /// The parties that wait, by unique id: those that hear music or are parked, else the main party
  /// if it is being transferred.
  Set<String> waiting() {
    Set<String> found = talk.partners().isEmpty() ? Set.of() : channels.waiting();
    return found.isEmpty() && talk.isHeld() ? Set.of(main) : found;
  }

  /// Applies a row; true if another party is connected by it, or another one waits, or in another
  /// slot, or the main party is held, transferred, or leaves others that talk on.
  boolean apply(JournalEvent row) {
    talk.advance(row.at());
    boolean wasHeld = talk.isHeld();
    boolean wasLeft = talk.isLeft();
    Set<String> waited = waiting();
    Optional<String> before = slot();
    boolean changed = row.type() instanceof Cel event && onEvent(event, row);
    boolean hasHungUp = hangups.containsKey(main);
    if (CONNECTING.contains(row.type())) {
      if (talk.update(channels, main, hasHungUp)) {
        changed = true;
        inTransfer = false;
      }
      talk.onPrompts(legs.diallers().playsPrompts(main));
    }
    // being in no bridge is not enough: a connected party leaves its bridge for a moment too
    if (!hasHungUp && (changed || inTransfer || row.type() == Cel.STREAM_BEGIN)) {
      changed |= talk.startHold();
    }
    changed |= wasHeld && talk.isConnected();
    changed |= !wasLeft && talk.isLeft();
    changed |= !hasHungUp && !(waiting().equals(waited) && slot().equals(before));
    if (row.uniqueId().equals(caller.uniqueId)) {
      caller.apply(row);
    }
    return changed;
  }

  /// True if a party is transferred, parked or retrieved by the row.
  private boolean onEvent(Cel event, JournalEvent row) {
    switch (event) {
      case CHAN_START -> onChannelStart(row);
      case ANSWER -> onAnswer(row);
      case BRIDGE_ENTER -> onBridgeEnter(row);
      case BRIDGE_EXIT -> channels.onBridgeExit(row);
      case STREAM_BEGIN -> channels.onStreamBegin(row);
      case STREAM_END -> channels.onStreamEnd(row);
      case HANGUP -> onHangup(row);
      case CHAN_END -> {
        channels.onChannelEnd(row.uniqueId());
        legs.diallers().onChannelEnd(row.uniqueId());
      }
      case APP_START, APP_END -> onDial(row);
      case PICKUP ->
          legs.onTaken(Extra.picker(row.extra()), CallRecord.Tie.PICKED_UP, caller.uniqueId);
      case PARK_START -> {
        inTransfer = true;
        slots.onRow(row);
        onPark(row);
      }
      case PARK_END -> {
        slots.onRow(row);
        channels
            .byName(Extra.retriever(row.extra()))
            .ifPresent(one -> legs.onTaken(one, CallRecord.Tie.RETRIEVED, caller.uniqueId));
      }
      case BLINDTRANSFER -> onBlindTransfer(row);
      case ATTENDEDTRANSFER -> onAttendedTransfer(row);
      case FORWARD -> legs.onMoved(row);
      case LINKEDID_END, LOCAL_OPTIMIZE, LOCAL_OPTIMIZE_BEGIN, DTMF -> {}
    }
    return TRANSFERRING.contains(event);
  }

  private void onBlindTransfer(JournalEvent row) {
    legs.onBlindTransfer(row);
    inTransfer = true;
    transferMain(List.of(row.uniqueId()), Extra.transfer(row.extra()).transferee());
  }

  private void onAttendedTransfer(JournalEvent row) {
    Transfer transfer = Extra.transfer(row.extra());
    legs.onAttendedTransfer(row);
    inTransfer =
        !transfer.second().equals(row.uniqueId()) && !talk.partners().contains(transfer.target());
    transferMain(List.of(row.uniqueId(), transfer.second()), transfer.transferee());
  }

  private void onChannelStart(JournalEvent row) {
    channels.onChannelStart(row);
    boolean startsCall = row.uniqueId().equals(row.linkedId());
    if (startsCall && caller.uniqueId.isEmpty()) {
      onFirstChannel(row);
    }
    if (row.uniqueId().equals(caller.uniqueId)) {
      return;
    }
    if (new ChannelName(row.channel()).isLocal()) {
      if (row.context().equals("tamas-transfer")) {
        legs.diallers().onConsultationChannel(row.uniqueId(), row.channel());
      } else if (row.context().equals(CLICK_RING)) {
        legs.diallers().changeTie(row.uniqueId(), new LegTie(CallRecord.Tie.CLICKED, ""));
      }
    } else if (startsCall) {
      onGuest(row);
    } else if (new ChannelName(row.channel()).isPerson()) {
      legs.onDialledChannel(row);
      onOwnDevice(row);
    }
  }

  /// The user who clicked is the caller: the first device, until another one answers. Unless the
  /// click joined this call, which has a caller.
  private void onOwnDevice(JournalEvent row) {
    if (!isOfJoined(row)
        && legs.of(row.uniqueId()).filter(leg -> leg.tie() == CallRecord.Tie.CLICKED).isPresent()) {
      ownDevices.put(row.uniqueId(), row);
      if (ownDevices.size() == 1) {
        setOwn(row);
      }
    }
  }

  private void onAnswer(JournalEvent row) {
    legs.of(row.uniqueId()).ifPresent(leg -> leg.onAnswer(row.uniqueId(), row.at()));
    JournalEvent own = ownDevices.get(row.uniqueId());
    if (own != null && caller.answeredAt().isEmpty()) {
      setOwn(own);
    }
  }

  private void setOwn(JournalEvent device) {
    caller = new Caller(device, caller.startedAt);
    setMain(device.uniqueId());
  }

  /// The note of Tamas was in the journal before the channel.
  private void onFirstChannel(JournalEvent row) {
    caller = new Caller(row);
    setMain(row.uniqueId());
    if (clicked) {
      legs.addClicked(caller);
    }
  }

  /// If an internal or outbound call and an inbound one are joined, the caller is that of the
  /// inbound one.
  private void onGuest(JournalEvent row) {
    legs.addGuest(row);
    if (row.context().contains(TRUNK) && !caller.context.contains(TRUNK)) {
      legs.addGuest(caller.row);
      legs.remove(row.uniqueId());
      caller = new Caller(row);
      talk.reset();
      setMain(row.uniqueId());
    }
  }

  private void setMain(String uniqueId) {
    main = uniqueId;
    mainBridge = channels.bridge(uniqueId);
  }

  private void onDial(JournalEvent row) {
    if (!row.application().equals("Dial")) {
      return;
    }
    if (row.type() == Cel.APP_START) {
      legs.diallers().expect(row.uniqueId(), row.applicationData());
    } else {
      legs.onDialEnd(row);
    }
  }

  private void onBridgeEnter(JournalEvent row) {
    channels.onBridgeEnter(row);
    String bridge = channels.bridge(row.uniqueId());
    if (bridge.isEmpty()) {
      return;
    }
    legs.of(row.uniqueId()).ifPresent(leg -> leg.onConnected(row.uniqueId(), row.at()));
    if (new ChannelName(row.channel()).isLocal()) {
      legs.diallers().onConsultationBridge(row.channel(), bridge);
      return;
    }
    Optional<LegTie> consultation = legs.diallers().consultation(bridge);
    consultation.ifPresent(tie -> tie.setByIfUnknown(new ChannelName(row.channel()).party()));
    if (row.uniqueId().equals(main)) {
      onMainBridgeEnter(bridge, consultation.isPresent());
    }
  }

  /// If the main party consults, the party that it holds becomes the main one.
  private void onMainBridgeEnter(String bridge, boolean inConsultation) {
    if (inConsultation) {
      channels.in(mainBridge).stream()
          .filter(held -> new ChannelName(channels.name(held)).isPerson())
          .findFirst()
          .ifPresent(this::setMain);
    } else {
      mainBridge = bridge;
    }
  }

  private void onPark(JournalEvent row) {
    String technologyAndParty = Extra.parker(row.extra());
    if (technologyAndParty.endsWith("/" + new ChannelName(channels.name(main)).party())) {
      setMain(row.uniqueId());
    }
  }

  /// If the main party transfers the call, the transferee becomes the main party.
  private void transferMain(List<String> lines, String transferee) {
    if (lines.contains(main) && !transferee.isEmpty()) {
      setMain(transferee);
    }
  }

  private void onHangup(JournalEvent row) {
    Hangup how = Extra.hangup(row.extra());
    hangups.put(row.uniqueId(), how);
    channels.onHangup(row.uniqueId());
    if (row.uniqueId().equals(caller.uniqueId)) {
      caller.onHangup(row.at(), how);
    }
    if (how.dialStatus().equals("CANCEL")) {
      legs.diallers().onCancel(row.uniqueId(), row.at());
    }
    legs.onHangup(row, how);
  }
}
