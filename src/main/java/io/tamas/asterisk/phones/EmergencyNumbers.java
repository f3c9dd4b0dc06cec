package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the emergency numbers in Asterisk's own database, so that the dialplan can call them while
/// Tamas is down: family `tamas-emergency`, by number the endpoints of the trunks,
/// `trunk-a&trunk-b`.
///
/// All of them are rewritten after each change and each start. For a moment there are none in the
/// database; Tamas itself routes such calls meanwhile.
public final class EmergencyNumbers implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmergencyNumbers.class);
  private static final String FAMILY = "tamas-emergency";

  private final Ami ami;
  private final Duration retry;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("emergency-numbers", this::run);
  private Map<String, List<String>> desired = Map.of();
  private volatile Refusals refusals = Refusals.IGNORED;
  private boolean known;
  private boolean due;

  /// @param retry the time between two attempts
  public EmergencyNumbers(Ami ami, Duration retry) {
    this.ami = ami;
    this.retry = retry;
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

  /// @param now the names of trunks by number, in the order in which they are tried
  public void update(Map<String, List<String>> now) {
    monitor.change(() -> {
      due = due || !known || !desired.equals(now);
      known = true;
      desired = Map.copyOf(now);
    });
  }

  @Override
  public void online(AriPeer peer) {
    monitor.change(() -> due = known);
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void run() {
    try {
      // should this thread have died in the middle of something
      monitor.change(() -> due = known);
      for (var now = next(); now.isPresent(); now = next()) {
        if (!write(now.get())) {
          monitor.change(() -> due = true);
          monitor.rest(retry);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("emergency numbers are no longer updated");
    }
  }

  private Optional<Map<String, List<String>>> next() throws InterruptedException {
    return monitor.take(() -> {
      boolean isDue = due;
      due = false;
      return isDue ? Optional.of(desired) : Optional.empty();
    });
  }

  private boolean write(Map<String, List<String>> now) {
    try {
      // refused if there are none
      ami.send(AmiAction.databaseDeleteAll(FAMILY));
      now.forEach(this::write);
      return true;
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("emergency numbers: update deferred");
      return false;
    }
  }

  /// One that cannot be written does not stop the others.
  private void write(String number, List<String> trunks) {
    String part = "emergency-number:" + number;
    try {
      switch (ami.send(AmiAction.databasePut(FAMILY, number, endpoints(trunks)))) {
        case AmiAnswer.Done _ -> refusals.settled(part);
        case AmiAnswer.Refused(String reason) -> refusals.refused(part, reason);
      }
    } catch (IllegalArgumentException e) {
      refusals.refused(part, String.valueOf(e.getMessage()));
    }
  }

  private static String endpoints(List<String> trunks) {
    return String.join(
        "&", trunks.stream().map(trunk -> PjsipObjects.TRUNK_PREFIX + trunk).toList());
  }
}
