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
/// Tamas is down: family `tamas-emergency`, by what is dialled the number and the endpoints of the
/// trunks, `110@trunk-a&110@trunk-b`.
///
/// All of them are rewritten after each change and each start. For a moment there are none in the
/// database; Tamas itself routes such calls meanwhile.
public final class EmergencyNumbers implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmergencyNumbers.class);
  private static final String FAMILY = "tamas-emergency";

  private final Ami ami;
  private final DesiredState<Map<String, Route>> numbers;
  private volatile Refusals refusals = Refusals.IGNORED;

  /// @param number as it is sent
  /// @param trunks their names, in the order in which they are tried
  public record Route(String number, List<String> trunks) {}

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

  /// @param now by what is dialled
  public void update(Map<String, Route> now) {
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

  private boolean write(Map<String, Route> now) {
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
  private void write(String dialled, Route route) {
    String part = "emergency-number:" + dialled;
    try {
      switch (ami.send(AmiAction.databasePut(FAMILY, dialled, endpoints(route)))) {
        case AmiAnswer.Done _ -> refusals.settled(part);
        case AmiAnswer.Refused(String reason) -> refusals.refused(part, reason);
      }
    } catch (IllegalArgumentException e) {
      refusals.refused(part, String.valueOf(e.getMessage()));
    }
  }

  private static String endpoints(Route route) {
    return String.join(
        "&",
        route.trunks().stream()
            .map(trunk -> route.number() + "@" + PjsipObjects.TRUNK_PREFIX + trunk)
            .toList());
  }
}
