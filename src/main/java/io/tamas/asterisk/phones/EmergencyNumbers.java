package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final DesiredState<Map<String, List<String>>> numbers;
  private volatile Refusals refusals = Refusals.IGNORED;

  /// @param retry the time between two attempts
  public EmergencyNumbers(Ami ami, Duration retry) {
    this.ami = ami;
    this.numbers = new DesiredState<>("emergency-numbers", retry, this::write);
  }

  public void start() {
    numbers.worker().start();
  }

  public Worker worker() {
    return numbers.worker();
  }

  public void reportTo(Refusals receiver) {
    refusals = receiver;
  }

  /// @param now the names of trunks by number, in the order in which they are tried
  public void update(Map<String, List<String>> now) {
    numbers.update(Map.copyOf(now));
  }

  @Override
  public void online(AriPeer peer) {
    numbers.online(peer);
  }

  @Override
  public void close() {
    numbers.close();
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
