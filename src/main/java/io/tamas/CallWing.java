package io.tamas;

import io.tamas.asterisk.agi.Script;
import io.tamas.asterisk.ami.Parked;
import io.tamas.asterisk.ami.TrunkAttempt;
import io.tamas.asterisk.journal.JournalFollower;
import io.tamas.asterisk.journal.JournalPulse;
import io.tamas.call.CallJournal;
import io.tamas.call.CallMetrics;
import io.tamas.call.CallProfileRoutes;
import io.tamas.call.CallRoutes;
import io.tamas.call.CallTimeline;
import io.tamas.call.ChannelJournal;
import io.tamas.call.LostCalls;
import io.tamas.call.ProfileTies;
import io.tamas.call.RecordingListRoutes;
import io.tamas.call.control.CallControl;
import io.tamas.call.control.CallControlRoutes;
import io.tamas.call.control.ClickToCall;
import io.tamas.call.control.DeadCalls;
import io.tamas.call.control.DialRight;
import io.tamas.call.control.ReceivedRtcp;
import io.tamas.call.control.RtpStatistics;
import io.tamas.call.control.SilentTrunks;
import io.tamas.call.control.TrunkChannels;
import io.tamas.call.decision.ExtensionSettings;
import io.tamas.call.decision.KnownCallers;
import io.tamas.call.decision.LiveCircumstances;
import io.tamas.call.decision.RouteScript;
import io.tamas.call.decision.SimulateRoutes;
import io.tamas.call.history.Calls;
import io.tamas.call.history.CountingRounds;
import io.tamas.call.history.LastTalks;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.LiveChannels;
import io.tamas.call.notes.CallNotes;
import io.tamas.call.notes.RecordingNotes;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ChannelName;
import io.tamas.call.state.DeviceRoutes;
import io.tamas.call.state.ExtensionStateRoutes;
import io.tamas.call.state.ExtensionStates;
import io.tamas.call.state.TrunkCalls;
import io.tamas.call.state.TrunkHabits;
import io.tamas.call.state.TrunkStateRoutes;
import io.tamas.call.state.TrunkStates;
import io.tamas.crm.TimelineSource;
import io.tamas.event.EventListener;
import io.tamas.report.StatisticsRoutes;
import io.tamas.undo.Undoable;
import io.tamas.web.Api;
import io.tamas.web.Principal.Reach;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls: routed, followed in the journal, controlled, stored.
final class CallWing {
  private static final Logger log = LoggerFactory.getLogger(CallWing.class);

  private final Ground ground;
  private final CompanyWing company;
  private final CrmWing crm;
  private final AsteriskWing asterisk;
  private final RecordingWing recording;
  private final LiveChannels channels = new LiveChannels();
  private final Calls calls;
  private final CallNotes notes;
  final ExtensionStates states;
  final TrunkHabits habits;
  final TrunkStates trunks;
  final LiveCalls live;
  final LiveCircumstances circumstances;
  final JournalFollower journal;
  final JournalPulse pulse;
  final LostCalls lost;
  final ReceivedRtcp rtcp = new ReceivedRtcp();
  private final SilentTrunks silentTrunks;
  private final ProfileTies ties;
  private final KnownCallers callers;

  /// @param crm whose look-up is told of callers that are known late
  CallWing(Ground ground, CompanyWing company, AsteriskWing asterisk, CrmWing crm) {
    this.crm = crm;
    this.ground = ground;
    this.company = company;
    this.asterisk = asterisk;
    String cell = ground.config().cell();
    states = new ExtensionStates(ground.database(), ground.registry());
    live = new LiveCalls(ground.database(), cell, ground.registry());
    calls = new Calls(ground.database(), ground.registry());
    habits = new TrunkHabits(ground.database());
    trunks =
        new TrunkStates(
            ground.database(),
            habits,
            this::callsOf,
            ground.clock(),
            ground.registry(),
            asterisk::provisionAgain);
    circumstances =
        new LiveCircumstances(states, live, new SecureRandom(), asterisk.trunkAddresses::of);
    recording = new RecordingWing(ground, company.snapshot, live, channels, calls, asterisk);
    CallMetrics metrics = new CallMetrics(ground.registry(), live, ground.clock());
    CallJournal records =
        new CallJournal(
            ground.database(),
            live,
            recording.recordings,
            metrics,
            recording.thread,
            trunks::ended);
    ChannelJournal sink =
        new ChannelJournal(
            records,
            live,
            channels,
            recording.thread,
            states::calls,
            asterisk.transfers::onTransfer);
    journal =
        new JournalFollower(
            ground.config().journal(), cell, ground.database(), sink, ground.registry());
    pulse = new JournalPulse(ground.config().journal().folder());
    notes = new CallNotes(journal, ground.clock());
    ties = new ProfileTies(live, calls, notes, crm.callers::inDatabase);
    crm.callers.tieWith(ties);
    callers =
        new KnownCallers(
            crm.callers,
            crm.outside,
            crm.owners,
            new LastTalks(ground.database()),
            ground.config().lookup().budget(),
            ground.registry());
    lost = new LostCalls(ground.database(), live, journal);
    silentTrunks =
        new SilentTrunks(
            new TrunkChannels(asterisk.ari, asterisk.timeout),
            ground.config().trunks().silence(),
            ground.clock(),
            asterisk.trunkAddresses::silent,
            ground.registry());
  }

  private TrunkCalls callsOf(String trunk) {
    int inbound = 0;
    int outbound = 0;
    for (CallRecord call : live.list()) {
      inbound += call.who().trunk().filter(trunk::equals).isPresent() ? 1 : 0;
      outbound += (int) call.legs().stream().filter(leg -> isOn(trunk, leg)).count();
    }
    return new TrunkCalls(inbound, outbound);
  }

  private static boolean isOn(String trunk, CallRecord.Leg leg) {
    return leg.endedAt().isEmpty()
        && new ChannelName(leg.channel()).party().equals("trunk-" + trunk);
  }

  /// The requests of the dialplan, by name.
  Map<String, Script> scripts() {
    RouteScript route =
        new RouteScript(
            company.snapshot,
            circumstances,
            callers,
            new ExtensionSettings(company.companies),
            ground.clock(),
            UUID::randomUUID);
    Map<String, Script> scripts = new HashMap<>(Map.of("voicemail", recording.mailbox()));
    RouteScript.REQUESTS.forEach(name -> scripts.put(name, noted(route)));
    return scripts;
  }

  /// Asterisk writes into the journal what is routed.
  private Script noted(Script route) {
    return (request, channel) -> {
      pulse.routed();
      return route.run(request, channel);
    };
  }

  List<Undoable> undoables() {
    return recording.undoables();
  }

  List<Api> routes() {
    List<Api> routes = new ArrayList<>(recording.routes(this::talkedIn));
    routes.add(
        new CallRoutes(
            calls,
            live,
            recording.recordings,
            recording.archive,
            company::writtenNumbers,
            () -> company.snapshot.company().settings().callBack(),
            crm.merged));
    routes.add(new RecordingListRoutes(recording.list, calls, company::writtenNumbers, crm.merged));
    routes.add(new CallProfileRoutes(calls, live, notes, crm.callerProfiles));
    routes.add(controlRoutes());
    routes.add(new ExtensionStateRoutes(states));
    routes.add(new TrunkStateRoutes(trunks));
    routes.add(new DeviceRoutes(asterisk.devices, company.snapshot));
    routes.add(new StatisticsRoutes(ground.database(), company.snapshot));
    routes.add(
        new SimulateRoutes(company.snapshot, circumstances.readOnly(), callers, ground.clock()));
    return routes;
  }

  /// What is known here of what happened with somebody.
  List<TimelineSource> timelines() {
    return CallTimeline.of(
        ground.database(), calls, recording.list, recording.voicemails, crm.merged);
  }

  /// Whether one of these extensions talked in a call: one that only rang hears nothing of it. An
  /// ended call is in the table before it leaves the memory.
  private boolean talkedIn(String id, Reach.Extensions reach) {
    Optional<CallRecord> inProgress = live.find(id);
    return calls
        .find(id)
        .or(() -> inProgress)
        .filter(call ->
            CallParties.talked(call).stream()
                .anyMatch(one -> reach.includes(one, call.when().startedAt())))
        .isPresent();
  }

  private CallControlRoutes controlRoutes() {
    return new CallControlRoutes(
        new CallControl(live, channels, asterisk.ami, asterisk.ari, asterisk.timeout),
        new ClickToCall(
            asterisk.ari,
            asterisk.ami,
            company.snapshot,
            notes,
            ground.config().cell(),
            asterisk.timeout,
            ground.clock()),
        recording.recorder,
        new RecordingNotes(notes),
        company.snapshot,
        new DialRight(company.snapshot, circumstances.readOnly(), ground.clock()),
        ground.registry());
  }

  /// Asterisk's own row of it names no slot. Must not wait.
  void parked(Parked parked) {
    notes
        .addParked(parked.linkedId(), parked.channel(), parked.uniqueId(), parked.slot())
        .onFailure(why ->
            log.atInfo()
                .addKeyValue("call", parked.linkedId())
                .addKeyValue("reason", why.getMessage())
                .log("the slot of a parked call is not noted"));
  }

  /// What receives the events of all nodes.
  List<EventListener> listeners() {
    return List.of(circumstances, recording.messages, ties);
  }

  /// Starts what leaves trunks that answer nothing, which needs no tables.
  ///
  /// @return is told of each trunk that is called
  Consumer<TrunkAttempt> startSilentTrunks() {
    silentTrunks.start();
    ground.workers().add(silentTrunks.worker());
    ground.running().stopWith(silentTrunks::close);
    return silentTrunks::onAttempt;
  }

  /// Starts what reads and writes tables.
  void startStorage() {
    states.start();
    ground.workers().add(states.worker(), journal.worker());
    ground.running().closeWith(states);
    recording.startRecorder(notes);
    startDeadCalls();
    startCounting();
    journal.start();
    ground.running().stopWith(journal::close);
    ties.start();
    ground.workers().add(ties.worker());
    ground.running().stopWith(ties::close);
    recording.startKeepers();
  }

  private void startCounting() {
    CountingRounds counting =
        new CountingRounds(ground.database(), () -> company.snapshot.company().settings().zone());
    company.snapshot.onChange(_ -> counting.wake());
    counting.start();
    ground.workers().add(counting.worker());
    ground.running().stopWith(counting::close);
  }

  private void startDeadCalls() {
    DeadCalls dead =
        new DeadCalls(
            live,
            channels,
            new RtpStatistics(asterisk.ari, rtcp, asterisk.timeout),
            ground.config().media().deadAfter(),
            ground.clock(),
            ground.registry());
    dead.start();
    ground.workers().add(dead.worker());
    ground.running().stopWith(dead::close);
  }

  /// Outbound usage from before the start counts too.
  boolean tryRestoreLimits() {
    return circumstances.restore(calls, ground.clock().instant());
  }
}
