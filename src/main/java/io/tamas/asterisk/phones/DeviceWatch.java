package io.tamas.asterisk.phones;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ami.ContactChange;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows which devices register, go, and are refused because there are too many. Has Asterisk ask
/// the devices of an extension whether they are there (OPTIONS): when one comes back that was
/// unreachable, so that it is called again at once; and when one is refused, so that its next
/// attempt may replace one that is not.
///
/// Works on its own thread. What happens while Asterisk's manager interface is not connected is not
/// reported.
public final class DeviceWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeviceWatch.class);

  /// Further changes are counted and dropped.
  private static final int MAX_WAITING = 20_000;

  private static final int BATCH = 500;

  /// Beyond it the oldest are forgotten.
  private static final int MAX_KNOWN = 50_000;

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  /// A device that is refused tries again and again.
  private static final Duration REPORT_AGAIN = Duration.ofMinutes(1);

  private final Ami ami;
  private final Sink sink;
  private final Clock clock;
  private final MeterRegistry registry;
  private final Worker worker = new Worker("device-watch", this::run);
  private final BlockingQueue<ContactChange> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Map<Known, Instant> registered = bounded();
  private final Map<ExtensionNumber, Instant> refused = bounded();
  private volatile boolean closed;

  private record Known(ExtensionNumber extension, String device) {}

  /// What has happened to a device of an extension.
  public sealed interface Change {
    ExtensionNumber extension();

    /// @param address `host:port`; empty if its contact has none
    record Registered(ExtensionNumber extension, String device, String address) implements Change {}

    record Removed(ExtensionNumber extension, String device, String address) implements Change {}

    /// @param address from which it tried
    record Refused(ExtensionNumber extension, String address) implements Change {}
  }

  /// Receives the changes in their order. May wait.
  @FunctionalInterface
  public interface Sink {
    void changed(List<Change> changes);
  }

  public DeviceWatch(Ami ami, Sink sink, Clock clock, MeterRegistry registry) {
    this.ami = ami;
    this.sink = sink;
    this.clock = clock;
    this.registry = registry;
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// Does not wait.
  public void onChange(ContactChange change) {
    if (ExtensionNumber.isValid(change.endpoint()) && !waiting.offer(change)) {
      registry.counter("tamas.devices.dropped").increment();
    }
  }

  /// When a device registered; empty if that was before the start of Tamas.
  Optional<Instant> registeredAt(ExtensionNumber extension, String device) {
    synchronized (registered) {
      return Optional.ofNullable(registered.get(new Known(extension, device)));
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        ContactChange first = waiting.poll(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          List<ContactChange> some = new ArrayList<>(List.of(first));
          waiting.drainTo(some, BATCH - 1);
          report(some);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("devices are no longer watched");
    }
  }

  private void report(List<ContactChange> some) {
    List<Change> changes = some.stream().flatMap(one -> change(one).stream()).toList();
    if (!changes.isEmpty()) {
      sink.changed(changes);
    }
  }

  private Optional<Change> change(ContactChange one) {
    ExtensionNumber extension = new ExtensionNumber(one.endpoint());
    return switch (one) {
      case ContactChange.Registered(String _, String uri) -> registered(extension, uri);
      case ContactChange.Removed(String _, String uri) -> Optional.of(removed(extension, uri));
      case ContactChange.Unanswered _ -> {
        ask(extension);
        yield Optional.empty();
      }
      case ContactChange.Refused(String _, String address) -> refused(extension, address);
    };
  }

  /// Asterisk reports all of them after its restart.
  private Optional<Change> registered(ExtensionNumber extension, String uri) {
    String device = Device.id(uri);
    synchronized (registered) {
      return registered.putIfAbsent(new Known(extension, device), clock.instant()) == null
          ? Optional.of(new Change.Registered(extension, device, address(uri)))
          : Optional.empty();
    }
  }

  private Change removed(ExtensionNumber extension, String uri) {
    String device = Device.id(uri);
    synchronized (registered) {
      registered.remove(new Known(extension, device));
    }
    return new Change.Removed(extension, device, address(uri));
  }

  private Optional<Change> refused(ExtensionNumber extension, String address) {
    registry.counter("tamas.devices.refused").increment();
    ask(extension);
    Instant now = clock.instant();
    Instant last = refused.getOrDefault(extension, Instant.EPOCH);
    if (now.isBefore(last.plus(REPORT_AGAIN))) {
      return Optional.empty();
    }
    refused.put(extension, now);
    return Optional.of(new Change.Refused(extension, address));
  }

  private void ask(ExtensionNumber extension) {
    try {
      ami.send(AmiAction.qualify(extension.digits()));
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("devices are not asked now");
    }
  }

  private static String address(String uri) {
    return Device.address(uri).orElse("");
  }

  private static <K> Map<K, Instant> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, Instant> eldest) {
        return size() > MAX_KNOWN;
      }
    };
  }
}
