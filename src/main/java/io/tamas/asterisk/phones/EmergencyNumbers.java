package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.work.Monitor;
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
  private Map<String, List<String>> desired = Map.of();
  private boolean known;
  private boolean due;

  /// @param retry the time between two attempts
  public EmergencyNumbers(Ami ami, Duration retry) {
    this.ami = ami;
    this.retry = retry;
  }

  public void start() {
    Thread.ofVirtual().name("emergency-numbers").start(this::run);
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
      now.forEach((number, trunks) -> {
        AmiAnswer answer = ami.send(AmiAction.databasePut(FAMILY, number, endpoints(trunks)));
        if (answer instanceof AmiAnswer.Refused(String reason)) {
          log.atError()
              .addKeyValue("number", number)
              .addKeyValue("reason", reason)
              .log("Asterisk refused an emergency number");
        }
      });
      return true;
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("emergency numbers: update deferred");
      return false;
    }
  }

  private static String endpoints(List<String> trunks) {
    return String.join(
        "&", trunks.stream().map(trunk -> PjsipObjects.TRUNK_PREFIX + trunk).toList());
  }
}
