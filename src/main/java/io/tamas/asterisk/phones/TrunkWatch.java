package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ami.Contacts;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows whether trunks are registered and reachable: asks Asterisk for those of which an event
/// says that something has changed, and for all at intervals and when Asterisk connects.
///
/// Works on its own thread. While Asterisk is down, nothing is known of any trunk.
public final class TrunkWatch implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrunkWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMillis(500);

  /// By then a server that was asked by OPTIONS has answered, or does not.
  private static final Duration ANSWERED = Duration.ofSeconds(6);

  /// Receives what is known of a trunk, or that nothing is; the same may be repeated. May wait.
  @FunctionalInterface
  public interface Sink {
    /// Whether its server should be asked by OPTIONS now.
    boolean report(TrunkEndpoint trunk, Optional<TrunkReport> report);
  }

  private final Ami ami;
  private final Contacts contacts;
  private final RegistrationLog reasons;
  private final HostNames names;
  private final Sink sink;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("trunk-watch", this::run);
  private final LinkedHashSet<String> due = new LinkedHashSet<>();
  private final Map<String, Long> later = new HashMap<>();
  private final EarlyReports early = new EarlyReports();
  private Map<String, TrunkEndpoint> trunks = Map.of();
  private boolean online;
  private long nextRound = System.nanoTime();

  /// @param journal its folder
  public TrunkWatch(Ami ami, Contacts contacts, Path journal, NameServers names, Sink sink) {
    this.ami = ami;
    this.contacts = contacts;
    this.reasons = new RegistrationLog(journal, ami);
    this.names = new HostNames(names);
    this.sink = sink;
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// The trunks of interest, by name, before Asterisk is told of their changes.
  public void watch(Collection<TrunkEndpoint> now) {
    monitor.change(() -> {
      Map<String, TrunkEndpoint> all = new LinkedHashMap<>();
      now.forEach(trunk -> all.put(trunk.name(), trunk));
      trunks.values().stream()
          .flatMap(before ->
              Optional.ofNullable(all.get(before.name())).stream()
                  .filter(after -> !after.registersLike(before)))
          .forEach(this::renewed);
      trunks = Map.copyOf(all);
      later.keySet().retainAll(trunks.keySet());
      due.retainAll(trunks.keySet());
      due.addAll(trunks.keySet());
    });
  }

  private void renewed(TrunkEndpoint trunk) {
    trunk.account().map(Account::uri).ifPresent(reasons::forget);
    early.renewed(trunk.name(), System.nanoTime());
  }

  /// Something has changed. Does not wait.
  ///
  /// @param what the endpoint of a trunk, or the SIP address of its account; any other is ignored
  public void changed(String what) {
    monitor.change(() ->
        trunks.values().stream()
            .filter(trunk -> isMeant(what, trunk))
            .forEach(trunk -> due.add(trunk.name())));
  }

  private static boolean isMeant(String what, TrunkEndpoint trunk) {
    return what.equals(PjsipObjects.TRUNK_PREFIX + trunk.name())
        || trunk.account().map(Account::uri).filter(what::equals).isPresent();
  }

  @Override
  public void online(AriPeer peer) {
    monitor.change(() -> {
      online = true;
      due.addAll(trunks.keySet());
    });
  }

  @Override
  public void offline() {
    monitor.change(() -> {
      online = false;
      due.addAll(trunks.keySet());
    });
  }

  @Override
  public void close() {
    monitor.close();
  }

  private record Task(TrunkEndpoint trunk, boolean online) {}

  private void run() {
    try {
      for (Optional<Task> next = next(); next.isPresent(); next = next()) {
        report(next.get());
      }
    } catch (InterruptedException e) {
      log.atDebug().log("trunks are no longer watched");
    }
  }

  private Optional<Task> next() throws InterruptedException {
    return monitor.take(this::task, () -> nextAt() - System.nanoTime());
  }

  private long nextAt() {
    return later.values().stream().reduce(nextRound, Math::min);
  }

  private Optional<Task> task() {
    if (nextRound - System.nanoTime() <= 0) {
      nextRound = System.nanoTime() + EVERY.toNanos();
      due.addAll(trunks.keySet());
    }
    long now = System.nanoTime();
    later.forEach((trunk, at) -> {
      if (at - now <= 0) {
        due.add(trunk);
      }
    });
    later.values().removeIf(at -> at - now <= 0);
    return due.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(trunks.get(due.removeFirst())).map(one -> new Task(one, online));
  }

  private void report(Task task) throws InterruptedException {
    TrunkEndpoint trunk = task.trunk();
    if (!task.online()) {
      sink.report(trunk, Optional.empty());
      return;
    }
    try {
      ask(trunk).ifPresent(report -> say(trunk, report));
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("a trunk will be asked for again");
      monitor.change(() -> due.add(trunk.name()));
      monitor.rest(RETRY);
    }
  }

  private void say(TrunkEndpoint trunk, TrunkReport report) {
    EarlyReports.Said said = early.say(trunk.name(), report, System.nanoTime());
    if (said.again()) {
      again(trunk, SOON);
    }
    if (said.now().isPresent() && sink.report(trunk, said.now())) {
      ami.send(AmiAction.qualify(PjsipObjects.TRUNK_PREFIX + trunk.name()));
      again(trunk, ANSWERED);
    }
  }

  private void again(TrunkEndpoint trunk, Duration after) {
    monitor.change(() -> later.put(trunk.name(), System.nanoTime() + after.toNanos()));
  }

  /// Empty while the name of its server is looked up for the first time: it will be asked again.
  private Optional<TrunkReport> ask(TrunkEndpoint trunk) {
    reasons.bound();
    String endpoint = PjsipObjects.TRUNK_PREFIX + trunk.name();
    Optional<Registration> registration =
        trunk.account().map(_ -> registration(endpoint, output(endpoint)));
    Optional<String> reason =
        registration
            .filter(one -> one == Registration.REJECTED)
            .flatMap(_ -> trunk.account())
            .flatMap(account -> reasons.reason(account.uri()));
    boolean asked = trunk.callsTo().isPresent() && trunk.sip().answersOptions();
    Optional<Boolean> reachable = asked ? reachable(endpoint, trunk) : Optional.empty();
    boolean silent =
        reachable.filter(answers -> !answers).isPresent()
            || registration.filter(one -> one == Registration.REJECTED).isPresent()
                && reason.filter(why -> !why.equals(TrunkReport.SILENCE)).isEmpty();
    return (silent ? isResolved(endpoint, trunk) : Optional.of(true))
        .map(resolved -> new TrunkReport(registration, asked, reachable, resolved, reason));
  }

  /// Only a server that does not answer is worth looking up.
  private Optional<Boolean> isResolved(String endpoint, TrunkEndpoint trunk) {
    return trunk
        .callsTo()
        .map(at -> names.resolves(at, () -> changed(endpoint)))
        .orElse(Optional.of(true));
  }

  /// Of a server that was just changed Asterisk still has the former one.
  private Optional<Boolean> reachable(String endpoint, TrunkEndpoint trunk) {
    String server = trunk.callsAt().map(trunk::uri).orElse("");
    return contacts.of(endpoint).stream()
        .filter(one -> one.uri().equals(server))
        .flatMap(one -> one.reachable().stream())
        .findFirst();
  }

  private String output(String endpoint) {
    return ami.send(AmiAction.registration(endpoint)) instanceof AmiAnswer.Done(var _, var text)
        ? text
        : "";
  }

  /// In the words of Asterisk's console: ` trunk-a/sip:sip.example trunk-a Registered (exp. …`.
  static Registration registration(String endpoint, String output) {
    Matcher line =
        Pattern.compile("(?m)^\\s*" + Pattern.quote(endpoint) + "/\\S*\\s+\\S+\\s+([A-Z][a-z]+)\\b")
            .matcher(output);
    return line.find() ? Registration.of(line.group(1)) : Registration.TRYING;
  }
}
