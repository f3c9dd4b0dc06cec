package io.tamas.asterisk.phones;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.asterisk.phones.ProvisioningPlan.Task;
import io.tamas.config.Config;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps Asterisk's phones and trunks in the desired state: provisions changes at once, and after
/// each connection compares all of them with what Asterisk holds: it may have lost what it had
/// acknowledged, or been changed by others. Deprovisions what is no longer desired.
///
/// Works on its own virtual thread. While Asterisk is down only the newest desired state is kept.
/// What Asterisk refuses is logged, and retried when it changes or Asterisk connects again.
public final class PhoneProvisioning implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PhoneProvisioning.class);

  /// Endpoints at once: three requests each stay within the window of the connection.
  private static final int BATCH = 16;

  /// Asterisk commits its database about once a second (`db_sync_thread` in `main/db.c`): what it
  /// has acknowledged is lost if it is killed before.
  private static final Duration SYNC = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Ari ari;
  private final MeterRegistry registry;
  private final Duration timeout;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("phone-provisioning", this::run);
  private final ProvisioningPlan plan = new ProvisioningPlan();
  private final LinkedHashMap<String, Acknowledged> acknowledged = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Set<String> inHand = new HashSet<>();
  private final EndpointWriter writer;
  private final EndpointLedger ledger;
  private List<Phone> phones = List.of();
  private List<TrunkEndpoint> trunks = List.of();
  private final Config.Media config;
  private final Transcoders transcoders;
  private Media media;
  private DefaultFields defaults = DefaultFields.UNKNOWN;
  private Optional<AriPeer> peer = Optional.empty();
  private volatile Refusals refusals = Refusals.IGNORED;
  private boolean hasDesired;
  private boolean reconcile;
  private boolean busy;

  /// What Asterisk may still lose.
  private record Acknowledged(List<PjsipObject> objects, long at) {}

  /// @param ledger what was ever written to this Asterisk
  /// @param timeout of a batch, and the time before its retry
  public PhoneProvisioning(
      Ari ari,
      Ami ami,
      EndpointLedger ledger,
      Config.Media config,
      Duration timeout,
      MeterRegistry registry) {
    this.ari = ari;
    this.ledger = ledger;
    this.config = config;
    this.transcoders = new Transcoders(ari, timeout);
    this.media = Media.of(config, Set.of());
    this.timeout = timeout;
    this.registry = registry;
    this.writer = new EndpointWriter(ari, new Registrations(ari, ami));
    registry.gauge("tamas.phones.waiting", this, PhoneProvisioning::waiting);
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  public void reportTo(Refusals receiver) {
    refusals = receiver;
  }

  /// Sets the desired state; nothing is removed before the first call.
  public void update(Collection<Phone> nowPhones, Collection<TrunkEndpoint> nowTrunks) {
    update(nowPhones, nowTrunks, Set.of());
  }

  /// @param kept the parts, such as `extension:101`, that Asterisk keeps as it has them
  public void update(
      Collection<Phone> nowPhones, Collection<TrunkEndpoint> nowTrunks, Set<String> kept) {
    monitor.change(() -> {
      plan.keep(kept.stream().map(PjsipObjects::endpointOf).collect(Collectors.toSet()));
      phones = List.copyOf(nowPhones);
      trunks = List.copyOf(nowTrunks);
      hasDesired = true;
      plan.update(objects(media));
    });
  }

  /// Whether Asterisk is known to have the desired state.
  public boolean settled() {
    return monitor.read(
        () -> hasDesired && peer.isPresent() && !reconcile && !busy && plan.waiting() == 0);
  }

  /// Waits until Asterisk has a phone as desired, or refuses it; not while Asterisk is away.
  /// Returns whether nothing remains to be done.
  public boolean awaitPhone(ExtensionNumber number, Duration patience) throws InterruptedException {
    String endpoint = number.digits();
    return monitor.await(() -> peer.isEmpty() || isWritten(endpoint), patience)
        && monitor.read(() -> isWritten(endpoint));
  }

  private boolean isWritten(String endpoint) {
    return hasDesired && !plan.contains(endpoint) && !inHand.contains(endpoint);
  }

  @Override
  public void online(AriPeer now) {
    monitor.change(() -> {
      peer = Optional.of(now);
      reconcile = true;
    });
  }

  @Override
  public void offline() {
    monitor.change(() -> peer = Optional.empty());
  }

  @Override
  public void close() {
    monitor.close();
  }

  private int waiting() {
    return monitor.read(plan::waiting);
  }

  private void run() {
    try {
      // should this thread have died in the middle of something
      monitor.change(() -> reconcile = peer.isPresent());
      while (awaitWork()) {
        stepOrDefer();
      }
    } catch (InterruptedException e) {
      log.atDebug().log("phone provisioning stopped");
    }
  }

  private void stepOrDefer() throws InterruptedException {
    try {
      recordSynced();
      step();
    } catch (AriFault | TimeoutException | UncheckedIOException e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("phone provisioning deferred");
      monitor.rest(timeout);
    }
  }

  private Optional<Boolean> work() {
    boolean toDo = hasDesired && peer.isPresent() && (reconcile || plan.waiting() > 0);
    busy = toDo;
    return toDo || untilSynced() <= 0 ? Optional.of(true) : Optional.empty();
  }

  /// Nanoseconds until the oldest acknowledged endpoint is in Asterisk's file.
  private long untilSynced() {
    return acknowledged.isEmpty() || peer.isEmpty()
        ? Long.MAX_VALUE
        : acknowledged.firstEntry().getValue().at() + SYNC.toNanos() - System.nanoTime();
  }

  /// A removal leaves the ledger once Asterisk cannot lose it any more.
  private void recordSynced() {
    monitor.change(() -> {
      while (untilSynced() <= 0) {
        Map.Entry<String, Acknowledged> oldest = acknowledged.pollFirstEntry();
        if (oldest.getValue().objects().isEmpty()) {
          ledger.removed(oldest.getKey());
        }
        oldest.getValue().objects().stream()
            .filter(object -> object.isA("registration"))
            .forEach(this::check);
      }
    });
  }

  /// Asterisk may forget a registration that was rewritten right after its deletion: it processes
  /// the deletion a moment later, by name. It registers when it reads the object the next time.
  private void check(PjsipObject registration) {
    ari.request(registration.get())
        .onFailure(
            fault -> log.atDebug().setCause(fault).log("a registration could not be checked"));
  }

  private boolean awaitWork() throws InterruptedException {
    monitor.change(() -> busy = false);
    return monitor.take(this::work, this::untilSynced).isPresent();
  }

  private void step() throws TimeoutException, InterruptedException {
    Optional<AriPeer> due = reconciliationDue();
    if (due.isPresent()) {
      reconcile(due.get());
      return;
    }
    beginMany();
    List<Task> tasks = take();
    List<Boolean> isNew = tasks.stream().map(task -> isNew(task.endpoint())).toList();
    touch(tasks);
    List<Future<EndpointWriter.Outcome>> writing =
        IntStream.range(0, tasks.size()).mapToObj(i -> write(tasks.get(i), isNew.get(i))).toList();
    try {
      Future.join(writing).otherwiseEmpty().await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      for (int i = 0; i < tasks.size(); i++) {
        done(tasks.get(i), writing.get(i));
      }
    }
    if (writing.stream().anyMatch(one -> one.result() instanceof EndpointWriter.Unknown)) {
      monitor.rest(PAUSE); // the manager interface may be away while ARI is not
    }
  }

  /// Writes the addresses of record of many new phones before all else: for each that is created
  /// Asterisk looks through all of its endpoints (`res_pjsip/pjsip_options.c`), so the phones of a
  /// large company would take it minutes.
  private void beginMany() throws TimeoutException, InterruptedException {
    List<Task> fresh = monitor.read(() -> plan.tasks(endpoint -> !ledger.has(endpoint)));
    for (int from = 0; fresh.size() > BATCH && from < fresh.size(); from += BATCH) {
      List<Task> some = fresh.subList(from, Math.min(from + BATCH, fresh.size()));
      some.forEach(task -> begun.add(task.endpoint()));
      touch(some);
      Future.join(some.stream().map(writer::begin).toList())
          .otherwiseEmpty()
          .await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void touch(List<Task> tasks) {
    ledger.touch(tasks.stream().map(Task::endpoint).toList());
  }

  /// Whether Asterisk has at most its address of record.
  private boolean isNew(String endpoint) {
    return begun.remove(endpoint) || !ledger.has(endpoint);
  }

  /// One endpoint that cannot be written does not stop the others.
  private Future<EndpointWriter.Outcome> write(Task task, boolean isNew) {
    try {
      return writer.write(task, isNew, defaults);
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("endpoint", task.endpoint()).log("a broken assumption");
      return Future.succeededFuture(new EndpointWriter.Refused(String.valueOf(e.getMessage())));
    }
  }

  private Optional<AriPeer> reconciliationDue() {
    return monitor.read(() -> reconcile ? peer : Optional.empty());
  }

  private void reconcile(AriPeer at) throws TimeoutException, InterruptedException {
    Media found = Media.of(config, transcoders.ask());
    defaults = DefaultFields.read(ari).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    monitor.change(() -> {
      media = found;
      plan.update(objects(media));
      plan.reconcile(ledger.endpoints());
      // another connection may have started meanwhile
      reconcile = !peer.equals(Optional.of(at));
      log.atInfo()
          .addKeyValue("endpoints", plan.waiting())
          .log("phones and trunks are compared with Asterisk's");
    });
  }

  private List<Task> take() {
    return monitor.read(() -> {
      List<Task> tasks = plan.take(BATCH);
      tasks.forEach(task -> acknowledged.remove(task.endpoint()));
      inHand.clear();
      tasks.forEach(task -> inHand.add(task.endpoint()));
      return tasks;
    });
  }

  private void done(Task task, Future<EndpointWriter.Outcome> written) {
    EndpointWriter.Outcome outcome =
        written.succeeded() ? written.result() : new EndpointWriter.Unknown("no answer");
    registry.counter("tamas.phones.written", "outcome", outcome.label()).increment();
    switch (outcome) {
      case EndpointWriter.Unchanged() -> refusals.settled(PjsipObjects.partOf(task.endpoint()));
      case EndpointWriter.Done() -> {
        refusals.settled(PjsipObjects.partOf(task.endpoint()));
        monitor.change(() ->
            acknowledged.putLast(
                task.endpoint(), new Acknowledged(task.objects(), System.nanoTime())));
      }
      case EndpointWriter.Refused(String reason) ->
          refusals.refused(PjsipObjects.partOf(task.endpoint()), reason);
      case EndpointWriter.Unknown(String reason) ->
          monitor.change(() -> plan.retry(task.endpoint()));
    }
    monitor.change(() -> inHand.remove(task.endpoint()));
  }

  private Map<String, List<PjsipObject>> objects(Media media) {
    Map<String, List<PjsipObject>> objects = new HashMap<>();
    for (Phone phone : phones) {
      objects.put(phone.number().digits(), PjsipObjects.of(phone, media));
    }
    for (TrunkEndpoint trunk : trunks) {
      objects.put(PjsipObjects.TRUNK_PREFIX + trunk.name(), TrunkObjects.of(trunk, media));
    }
    return objects;
  }
}
