package io.tamas;

import io.tamas.audit.AuditRoutes;
import io.tamas.audit.AuditedKeys;
import io.tamas.audit.AuditedRefusals;
import io.tamas.audit.Chain;
import io.tamas.audit.ChainWatch;
import io.tamas.call.decision.RouteScript;
import io.tamas.call.history.OwnCalls;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.console.Console;
import io.tamas.db.Database;
import io.tamas.db.Migrations;
import io.tamas.db.ReportRole;
import io.tamas.event.EventHub;
import io.tamas.event.EventRetention;
import io.tamas.event.EventSocket;
import io.tamas.event.Snapshot;
import io.tamas.ops.DatabaseHealth;
import io.tamas.ops.Health;
import io.tamas.ops.Health.State;
import io.tamas.ops.ManagementServer;
import io.tamas.ops.Metrics;
import io.tamas.seal.Seal;
import io.tamas.undo.TrashRetention;
import io.tamas.undo.UndoRoutes;
import io.tamas.undo.Undoable;
import io.tamas.user.Accounts;
import io.tamas.user.DeletedUsers;
import io.tamas.web.Api;
import io.tamas.web.ApiKeys;
import io.tamas.web.Contract;
import io.tamas.web.KeyRoutes;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Scope;
import io.tamas.web.WebServer;
import io.tamas.work.Rounds;
import io.tamas.work.Workers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server, wired: each wing wires its components, and here the wings are connected.
///
/// What answers the dialplan needs neither PostgreSQL nor Asterisk and starts without them. What
/// needs tables starts as soon as PostgreSQL has them.
public final class Server implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Server.class);

  /// For one component to start or to stop.
  private static final Duration STEP = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Config config;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Metrics metrics = new Metrics();
  private final Running running = new Running(STEP);
  private final Workers workers = new Workers(metrics.registry());
  private final Rounds storage = new Rounds("await-postgresql", this::tryStartStorage, RETRY);
  private final Rounds limits;

  private final Database database;
  private final CompanyWing company;
  private final CrmWing crm;
  private final AsteriskWing asterisk;
  private final CallWing calls;
  private final HookWing hooks;
  private final EventHub events;
  private final ApiKeys keys;
  private final OpenIdWing openId;
  private final AuditedRefusals refusals;
  private final Accounts accounts;
  private final StorageWatch storageWatch;
  private final List<Undoable> undoables;

  private Server(Config config) {
    this.config = config;
    database = new Database(vertx, config.database());
    Ground ground =
        new Ground(
            config, vertx, database, Clock.systemUTC(), metrics.registry(), running, workers);
    company = new CompanyWing(ground);
    crm = new CrmWing(ground, company);
    asterisk = new AsteriskWing(ground);
    calls = new CallWing(ground, company, asterisk, crm);
    hooks = new HookWing(ground);
    limits = new Rounds("restore-limits", calls::tryRestoreLimits, RETRY);
    events = new EventHub(vertx, database, snapshot(), EventHub.Limits.DEFAULT, metrics.registry());
    keys = new ApiKeys(database);
    openId = new OpenIdWing(ground);
    keys.notedBy(new AuditedKeys());
    refusals = new AuditedRefusals(database, System::nanoTime, metrics.registry());
    accounts =
        new Accounts(
            database,
            config.sessions(),
            company::writtenNumbers,
            company::words,
            Seal.of(config.sealing()),
            openId.setting(),
            metrics.registry());
    undoables =
        Stream.of(
                company.undoables(),
                calls.undoables(),
                crm.undoables(),
                hooks.undoables(),
                List.<Undoable>of(new DeletedUsers()))
            .flatMap(List::stream)
            .toList();
    storageWatch =
        new StorageWatch(config, calls.pulse, metrics.registry(), new StorageAlarms(database));
  }

  /// Starts everything and returns when requests of the dialplan are answered; what waits for
  /// PostgreSQL starts in the background, and `/health/ready` shows it.
  ///
  /// @throws Exception if a port is in use or another component cannot start; nothing runs then
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
    workers.add(storage.worker(), limits.worker(), storageWatch.worker());
    running.stopWith(vertx::close);
    running.stopWith(database::close);
    startManagement();
    storageWatch.start();
    running.stopWith(storageWatch::close);
    company.snapshot.onChange(_ -> keys.forget());
    company.start();
    asterisk.startAgi(calls.scripts(), RouteScript.REFUSAL);
    asterisk.start(company, calls, calls.startSilentTrunks());
    company.startPrompts();
    startWeb();
    if (!tryStartStorage()) {
      storage.start();
      running.stopWith(storage::close);
    }
  }

  private void startManagement() throws Exception {
    DatabaseHealth answering = new DatabaseHealth(vertx, database);
    Health health =
        new Health()
            .register("database", answering)
            .register(
                "asterisk", () -> state(asterisk.ari.connected(), "Asterisk is not connected"))
            .register(
                "journal", () -> state(calls.journal.isFollowing(), "the journal is not followed"))
            .register("events", () -> state(events.isReady(), "events are not read yet"))
            .register("storage", storageWatch::health)
            .register("threads", this::threads);
    running.awaitStart(answering.start(), answering::close);
    ManagementServer management =
        new ManagementServer(vertx, config.management(), metrics.registry(), health);
    running.awaitStart(management.start(), management::close);
  }

  private void startWeb() throws Exception {
    Contract contract = Contract.load();
    List<Api> routes =
        Stream.of(
                List.<Api>of(
                    new KeyRoutes(keys),
                    new UndoRoutes(database, contract, undoables),
                    new AuditRoutes(database)),
                accounts.routes(),
                calls.routes(),
                crm.routes(calls.timelines()),
                hooks.routes(),
                company.routes(calls.trunks::trouble, asterisk::awaitPhone))
            .flatMap(List::stream)
            .toList();
    WebServer web =
        new WebServer(
            vertx,
            config.http(),
            config.https(),
            contract,
            keys,
            accounts.browsers(),
            routes,
            metrics.registry());
    new EventSocket(events, config.http().maxWebSockets())
        .mount(web.router(), web.signedIn(EventSocket.PATH, Scope.READ));
    new Console(vertx).mount(web.router());
    openId.start();
    web.report(refusals);
    running.closeWith(accounts);
    running.awaitStart(web.start(), web::close);
  }

  /// PostgreSQL may start later than Tamas.
  private boolean tryStartStorage() {
    if (!tryPrepareTables()) {
      return false;
    }
    calls.startStorage();
    startEvents();
    crm.startStorage();
    hooks.startStorage();
    startTrash();
    startAudit();
    return true;
  }

  private boolean tryPrepareTables() {
    try {
      Migrations.run(vertx, config.database()).await(STEP.toMillis(), TimeUnit.MILLISECONDS);
      company.takeOverSettings();
      config.report().password().ifPresent(this::prepareReports);
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

  /// Dashboards are no reason not to start.
  private void prepareReports(Secret password) {
    try {
      ReportRole.State state =
          ReportRole.setUp(vertx, config.database(), password)
              .await(STEP.toMillis(), TimeUnit.MILLISECONDS);
      if (state == ReportRole.State.NOT_ALLOWED) {
        log.atInfo()
            .addKeyValue("user", config.database().user())
            .log("may not create the role of dashboards: ./tamas report-role prints its SQL");
      }
    } catch (TimeoutException | RuntimeException e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("dashboards cannot read the database");
    }
  }

  private void startEvents() {
    events.listen(crm.callers.listener());
    calls.listeners().forEach(events::listen);
    events.listen(hooks.listener());
    // from then on the events of ended calls are received, so none is missed in between
    events.start().onSuccess(_ -> limits.start());
    running.stopWith(limits::close);
    running.stopWith(events::close);
    EventRetention retention = new EventRetention(database, config.events().keep());
    retention.start();
    workers.add(retention.worker());
    running.stopWith(retention::close);
  }

  private void startTrash() {
    TrashRetention trash = new TrashRetention(database, undoables, metrics.registry());
    trash.start();
    workers.add(trash.worker());
    running.stopWith(trash::close);
  }

  private void startAudit() {
    Chain chain = new Chain(database, metrics.registry());
    ChainWatch watch =
        new ChainWatch(
            database, config.audit().keep(), Seal.of(config.sealing()), metrics.registry());
    refusals.start();
    chain.start();
    watch.start();
    workers.add(refusals.worker(), chain.worker(), watch.worker());
    running.stopWith(chain::close);
    running.stopWith(watch::close);
    running.stopWith(refusals::close);
  }

  private Snapshot snapshot() {
    return new Snapshot() {
      @Override
      public Object calls() {
        return calls.live.listCommitted();
      }

      @Override
      public Object calls(Reach.Extensions reach) {
        return calls.live.listCommitted().stream()
            .filter(call -> OwnCalls.isOwn(call, reach))
            .toList();
      }

      @Override
      public Object extensions() {
        return calls.states.list();
      }
    };
  }

  private State threads() {
    return state(workers.down().isEmpty(), "died: " + String.join(", ", workers.down()));
  }

  private static State state(boolean ready, String why) {
    return ready ? State.up() : State.down(why);
  }

  /// Stops in the reverse order of the start; a component that does not stop in time is skipped.
  @Override
  public void close() {
    running.close();
    crm.callers.close();
    metrics.close();
  }
}
