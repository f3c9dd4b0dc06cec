package io.tamas;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.agi.AgiServer;
import io.tamas.asterisk.agi.Script;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.asterisk.ami.SignInWatch;
import io.tamas.asterisk.ari.AriServer;
import io.tamas.asterisk.ari.ChannelReconciliation;
import io.tamas.asterisk.journal.JournalFollower;
import io.tamas.asterisk.phones.DoNotDisturbLamps;
import io.tamas.asterisk.phones.EmergencyNumbers;
import io.tamas.asterisk.phones.EndpointLedger;
import io.tamas.asterisk.phones.PhoneProvisioning;
import io.tamas.asterisk.phones.PhoneStates;
import io.tamas.asterisk.phones.SignInDefence;
import io.tamas.call.CallControl;
import io.tamas.call.CallControlRoutes;
import io.tamas.call.CallJournal;
import io.tamas.call.CallMetrics;
import io.tamas.call.CallNotes;
import io.tamas.call.CallRecorder;
import io.tamas.call.CallRoutes;
import io.tamas.call.Calls;
import io.tamas.call.ChannelJournal;
import io.tamas.call.ClickToCall;
import io.tamas.call.CompanyPhones;
import io.tamas.call.ExtensionSettings;
import io.tamas.call.ExtensionStateRoutes;
import io.tamas.call.ExtensionStates;
import io.tamas.call.LiveCalls;
import io.tamas.call.LiveChannels;
import io.tamas.call.LiveCircumstances;
import io.tamas.call.LostCalls;
import io.tamas.call.RecorderThread;
import io.tamas.call.RecordingArchive;
import io.tamas.call.RecordingKeeper;
import io.tamas.call.RecordingNotes;
import io.tamas.call.RecordingRetention;
import io.tamas.call.RecordingRoutes;
import io.tamas.call.RecordingRules;
import io.tamas.call.Recordings;
import io.tamas.call.RouteScript;
import io.tamas.call.SignInAlarms;
import io.tamas.call.SimulateRoutes;
import io.tamas.call.StatisticsRoutes;
import io.tamas.call.VoicemailMail;
import io.tamas.call.VoicemailNotices;
import io.tamas.call.VoicemailRoutes;
import io.tamas.call.VoicemailScript;
import io.tamas.call.VoicemailSms;
import io.tamas.call.VoicemailTeller;
import io.tamas.call.Voicemails;
import io.tamas.company.Companies;
import io.tamas.company.CompanyRoutes;
import io.tamas.company.CompanySnapshot;
import io.tamas.company.ExtensionRoutes;
import io.tamas.company.PartRoutes;
import io.tamas.company.PhonePasswords;
import io.tamas.company.PromptAudioRoutes;
import io.tamas.company.PromptKeeper;
import io.tamas.company.PromptStore;
import io.tamas.company.TrunkPasswordRoutes;
import io.tamas.config.Config;
import io.tamas.crm.CallerLookup;
import io.tamas.crm.FoldingRenewal;
import io.tamas.crm.ProfileRoutes;
import io.tamas.crm.Profiles;
import io.tamas.db.Database;
import io.tamas.db.Migrations;
import io.tamas.event.EventHub;
import io.tamas.event.EventRetention;
import io.tamas.event.EventSocket;
import io.tamas.event.Snapshot;
import io.tamas.mail.SmtpMailer;
import io.tamas.ops.DatabaseHealth;
import io.tamas.ops.Health;
import io.tamas.ops.Health.State;
import io.tamas.ops.ManagementServer;
import io.tamas.ops.Metrics;
import io.tamas.sms.HttpSmsGateway;
import io.tamas.sound.Espeak;
import io.tamas.sound.Sox;
import io.tamas.web.ApiKeys;
import io.tamas.web.Contract;
import io.tamas.web.KeyRoutes;
import io.tamas.web.Scope;
import io.tamas.web.WebServer;
import io.tamas.work.Rounds;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server, wired: the only place where the rooms meet.
///
/// What answers the dialplan needs neither PostgreSQL nor Asterisk and starts without them. What
/// needs tables starts as soon as PostgreSQL has them.
public final class Server implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Server.class);

  /// How long one part may take to start or to stop.
  private static final Duration STEP = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration RECONCILE_EVERY = Duration.ofSeconds(30);
  private static final Duration PHONE_STATE_GRACE = Duration.ofSeconds(5);

  private final Config config;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Clock clock = Clock.systemUTC();
  private final Metrics metrics = new Metrics();
  private final MeterRegistry registry = metrics.registry();
  private final Health health = new Health();
  private final Running running = new Running(STEP);
  private final Rounds late = new Rounds("await-postgresql", this::isStorageStarted, RETRY);
  private final Rounds limits = new Rounds("restore-limits", this::areLimitsRestored, RETRY);

  private final Database database;
  private final CompanySnapshot company;
  private final Companies companies;
  private final Sox sox;
  private final PromptStore prompts;
  private final CallerLookup callers;
  private final AriServer asterisk;
  private final AmiClient ami;
  private final ExtensionStates states;
  private final LiveCalls live;
  private final LiveChannels channels = new LiveChannels();
  private final LiveCircumstances circumstances;
  private final Recordings recordings;
  private final RecordingArchive archive;
  private final Voicemails voicemails;
  private final CallRecorder recorder;
  private final RecorderThread recording;
  private final JournalFollower journal;
  private final LostCalls lost;
  private final EventHub events;
  private final ApiKeys keys;

  private Server(Config config) {
    this.config = config;
    database = new Database(vertx, config.database());
    company = new CompanySnapshot(database, config.company().snapshot(), registry);
    companies = new Companies(database, company, new PhonePasswords(new SecureRandom()));
    sox = new Sox(config.audio().command());
    prompts = new PromptStore(config.prompts().folder());
    callers = new CallerLookup(database, config.lookup(), config.crm(), registry);
    asterisk = new AriServer(vertx, config.ari(), Server::isLoopback, registry);
    ami = new AmiClient(config.ami(), registry);
    states = new ExtensionStates(database, registry);
    live = new LiveCalls(database, config.cell());
    circumstances = new LiveCircumstances(states, live, new SecureRandom());
    recordings = new Recordings(database, config.cell(), config.recordings().folder());
    archive = new RecordingArchive(database, recordings);
    voicemails = new Voicemails(database, recordings);
    CallMetrics calls = new CallMetrics(registry, live, clock);
    RecordingRules rules = new RecordingRules(company);
    recorder = new CallRecorder(live, channels, recordings, rules, ami, registry);
    recording = new RecorderThread(recorder);
    CallJournal sink = new CallJournal(database, live, recordings, calls, recording);
    ChannelJournal channelled = new ChannelJournal(sink, live, channels, recording);
    journal = new JournalFollower(config.journal(), config.cell(), database, channelled, registry);
    lost = new LostCalls(database, live, journal);
    events = new EventHub(vertx, database, snapshot(), EventHub.Limits.DEFAULT, registry);
    keys = new ApiKeys(database);
  }

  /// Starts everything and returns when calls are answered; what waits for PostgreSQL goes on by
  /// itself, and `/health/ready` tells.
  ///
  /// @throws Exception when a port is taken or something else cannot be; nothing runs then
  public static Server start(Config config) throws Exception {
    Server server = new Server(config);
    try {
      server.start();
      return server;
    } catch (Exception e) {
      server.close();
      throw e;
    }
  }

  private void start() throws Exception {
    running.add(vertx::close);
    running.add(database::close);
    startManagement();
    running.started(company.start(), company::close);
    startAgi();
    startAsterisk();
    startPrompts();
    startWeb();
    if (!isStorageStarted()) {
      late.start();
      running.add(late::close);
    }
  }

  private void startManagement() throws Exception {
    DatabaseHealth answering = new DatabaseHealth(vertx, database);
    health
        .register("database", answering)
        .register("asterisk", () -> state(asterisk.connected(), "Asterisk is not connected"))
        .register("journal", () -> state(journal.isFollowing(), "the journal is not followed"))
        .register("events", () -> state(events.isReady(), "events are not read yet"));
    running.started(answering.start(), answering::close);
    ManagementServer management =
        new ManagementServer(vertx, config.management(), metrics.registry(), health);
    running.started(management.start(), management::close);
  }

  private void startAgi() throws Exception {
    RouteScript script =
        new RouteScript(
            company,
            circumstances,
            callers::find,
            new ExtensionSettings(companies),
            clock,
            UUID::randomUUID);
    VoicemailScript mailbox = new VoicemailScript(voicemails, archive);
    Map<String, Script> scripts = new HashMap<>(Map.of("voicemail", mailbox));
    RouteScript.QUESTIONS.forEach(question -> scripts.put(question, script));
    AgiServer agi = new AgiServer(vertx, config.agi(), scripts, registry);
    running.started(agi.start(), agi::close);
  }

  private void startAsterisk() throws Exception {
    Duration patience = config.ari().requestTimeout();
    EndpointLedger ledger =
        new EndpointLedger(config.company().snapshot().resolveSibling("phones.ledger"));
    PhoneProvisioning provisioning = new PhoneProvisioning(asterisk, ledger, patience, registry);
    PhoneStates phones = new PhoneStates(asterisk, states, patience, PHONE_STATE_GRACE);
    DoNotDisturbLamps lamps = new DoNotDisturbLamps(asterisk, patience);
    EmergencyNumbers emergency = new EmergencyNumbers(ami, patience);
    SignInDefence defence =
        new SignInDefence(
            asterisk,
            config.security().failures(),
            config.security().shutOut(),
            new SignInAlarms(database),
            patience,
            clock,
            registry);
    SignInWatch signIns = new SignInWatch(config.ami(), defence::heard, registry);
    CompanyPhones wishes =
        new CompanyPhones(
            provisioning,
            phones,
            states,
            lamps,
            emergency,
            new CompanyPhones.Passwords(companies::passwords, companies::trunkPasswords));
    ChannelReconciliation channels =
        new ChannelReconciliation(
            asterisk, lost::openChannels, lost::closeLost, RECONCILE_EVERY, patience);
    List.of(provisioning, phones, lamps, emergency, defence, channels).forEach(asterisk::listen);
    company.onChange(changed -> wishes.company(changed.company()));
    wishes.company(company.company());
    ami.start();
    provisioning.start();
    phones.start();
    lamps.start();
    emergency.start();
    defence.start();
    signIns.start();
    wishes.start();
    channels.start();
    running.closes(ami, provisioning, phones, lamps, emergency, defence, signIns, wishes, channels);
    running.started(asterisk.start(), asterisk::close);
  }

  private void startPrompts() {
    Path folder = config.prompts().folder();
    Espeak espeak = new Espeak(config.speech().command(), sox);
    PromptKeeper keeper =
        new PromptKeeper(folder, prompts, espeak, company::company, clock, registry);
    company.onChange(_ -> keeper.wake());
    keeper.start();
    running.closes(keeper);
  }

  private void startWeb() throws Exception {
    Calls calls = new Calls(database);
    WebServer web =
        new WebServer(
            vertx,
            config.http(),
            Contract.load(),
            keys,
            List.of(
                new KeyRoutes(keys),
                new CallRoutes(calls, live, recordings, archive),
                new RecordingRoutes(recordings, archive),
                new VoicemailRoutes(voicemails, archive),
                controlRoutes(),
                new ProfileRoutes(new Profiles(database)),
                new ExtensionRoutes(companies, company),
                new PartRoutes(companies, company),
                new CompanyRoutes(companies, company, prompts),
                new TrunkPasswordRoutes(companies),
                new PromptAudioRoutes(companies, prompts, sox),
                new ExtensionStateRoutes(states),
                new StatisticsRoutes(database, company),
                new SimulateRoutes(company, circumstances.looking(), clock)),
            registry);
    new EventSocket(events, config.http().maxWebSockets())
        .mount(web.router(), web.signedIn(Scope.READ));
    running.started(web.start(), web::close);
  }

  private CallControlRoutes controlRoutes() {
    Duration patience = config.ari().requestTimeout();
    CallNotes notes = new CallNotes(journal, clock);
    return new CallControlRoutes(
        new CallControl(live, channels, ami, asterisk, patience),
        new ClickToCall(asterisk, company, notes, config.cell(), patience, clock),
        recorder,
        new RecordingNotes(notes),
        registry);
  }

  private void startTelling() {
    if (config.mail().isOn()) {
      SmtpMailer mailer = new SmtpMailer(vertx, config.mail());
      running.closes(mailer);
      startTelling(new VoicemailMail(recordings, mailer, config.mail()));
    }
    if (config.sms().isOn()) {
      HttpSmsGateway gateway = new HttpSmsGateway(vertx, config.sms());
      running.closes(gateway);
      startTelling(new VoicemailSms(gateway, config.sms()));
    }
  }

  private void startTelling(VoicemailTeller.Way way) {
    VoicemailNotices notices = new VoicemailNotices(database, config.cell());
    VoicemailTeller teller = new VoicemailTeller(way, notices, company, clock, registry);
    teller.start();
    running.add(teller::close);
  }

  /// What reads or writes tables from the start.
  private void startStorage() {
    states.start();
    recording.start(new RecordingNotes(new CallNotes(journal, clock)));
    running.closes(states, recording);
    journal.start();
    running.add(journal::close);
    RecordingKeeper keeper = new RecordingKeeper(database, recordings, registry);
    keeper.start();
    running.add(keeper::close);
    startTelling();
    RecordingRetention expiry =
        new RecordingRetention(archive, Duration.ofDays(config.recordings().keepDays()), clock);
    expiry.start();
    running.add(expiry::close);
    events.listen(callers.listener());
    events.listen(circumstances);
    // after that the ends of calls are heard, so none is missed in between
    events.start().onSuccess(_ -> limits.start());
    running.add(limits::close);
    running.add(events::close);
    EventRetention retention = new EventRetention(database, config.events().keep());
    retention.start();
    running.add(retention::close);
    FoldingRenewal folding = new FoldingRenewal(database, registry);
    folding.start();
    running.add(folding::close);
  }

  /// What was called outside before the start counts too.
  private boolean areLimitsRestored() {
    return circumstances.restore(new Calls(database), clock.instant());
  }

  /// PostgreSQL may come later than Tamas.
  private boolean isStorageStarted() {
    if (!areTablesReady()) {
      return false;
    }
    startStorage();
    return true;
  }

  private boolean areTablesReady() {
    try {
      Migrations.run(vertx, config.database()).await(STEP.toMillis(), TimeUnit.MILLISECONDS);
      config
          .http()
          .apiKey()
          .ifPresent(key -> keys.ensure("first", key, EnumSet.allOf(Scope.class)));
      return true;
    } catch (TimeoutException | RuntimeException e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("PostgreSQL's tables are not ready");
      return false;
    }
  }

  private Snapshot snapshot() {
    return new Snapshot() {
      @Override
      public Object calls() {
        return live.list();
      }

      @Override
      public Object extensions() {
        return states.list();
      }
    };
  }

  private static State state(boolean ready, String why) {
    return ready ? State.up() : State.down(why);
  }

  private static boolean isLoopback(String address) {
    return InetAddress.ofLiteral(address).isLoopbackAddress();
  }

  /// Stops in the reverse order of the start; a part that does not stop is left behind.
  @Override
  public void close() {
    running.close();
    callers.close();
    metrics.close();
  }
}
