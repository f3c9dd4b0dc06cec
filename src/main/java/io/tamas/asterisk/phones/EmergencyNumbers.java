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
/// Tamas is away: family `tamas-emergency`, by number the endpoints of the trunks,
/// `trunk-a&trunk-b`.
///
/// All of them are written anew after each change and each start. In between there are none for a
/// moment, in which Tamas itself answers.
public final class EmergencyNumbers implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmergencyNumbers.class);
  private static final String FAMILY = "tamas-emergency";

  private final Ami ami;
  private final Duration retry;
  private final Monitor monitor = new Monitor();
  private Map<String, List<String>> wanted = Map.of();
  private boolean known;
  private boolean due;

  /// @param retry after what time it is tried again
  public EmergencyNumbers(Ami ami, Duration retry) {
    this.ami = ami;
    this.retry = retry;
  }

  public void start() {
    Thread.ofVirtual().name("emergency-numbers").start(this::run);
  }

  /// @param now the names of trunks by number, in the order in which they are tried
  public void want(Map<String, List<String>> now) {
    monitor.change(() -> {
      due = due || !known || !wanted.equals(now);
      known = true;
      wanted = Map.copyOf(now);
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
        if (!written(now.get())) {
          monitor.change(() -> due = true);
          monitor.rest(retry);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("emergency numbers are not kept any more");
    }
  }

  private Optional<Map<String, List<String>>> next() throws InterruptedException {
    return monitor.take(() -> {
      boolean taken = due;
      due = false;
      return taken ? Optional.of(wanted) : Optional.empty();
    });
  }

  private boolean written(Map<String, List<String>> now) {
    try {
      // refused where there are none
      ami.send(AmiAction.databaseDeleteAll(FAMILY));
      now.forEach((number, trunks) -> {
        AmiAnswer answer = ami.send(AmiAction.databasePut(FAMILY, number, endpoints(trunks)));
        if (answer instanceof AmiAnswer.Refused(String reason)) {
          log.atError()
              .addKeyValue("number", number)
              .addKeyValue("reason", reason)
              .log("Asterisk does not keep an emergency number");
        }
      });
      return true;
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("emergency numbers are kept later");
      return false;
    }
  }

  private static String endpoints(List<String> trunks) {
    return String.join(
        "&", trunks.stream().map(trunk -> PjsipObjects.TRUNK_PREFIX + trunk).toList());
  }
}
