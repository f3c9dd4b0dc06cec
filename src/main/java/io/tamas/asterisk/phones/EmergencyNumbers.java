package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Map<String, List<String>> wanted = Map.of();
  private boolean known;
  private boolean due;
  private boolean closed;

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
    locked(() -> {
      due = due || !known || !wanted.equals(now);
      known = true;
      wanted = Map.copyOf(now);
    });
  }

  @Override
  public void online(AriPeer peer) {
    locked(() -> due = known);
  }

  @Override
  public void close() {
    locked(() -> closed = true);
  }

  private void run() {
    try {
      while (awaitWork()) {
        if (!written()) {
          rest();
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("emergency numbers are not kept any more");
    }
  }

  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !due) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean written() {
    Map<String, List<String>> now = take();
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
      locked(() -> due = true);
      return false;
    }
  }

  private Map<String, List<String>> take() {
    lock.lock();
    try {
      due = false;
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  private static String endpoints(List<String> trunks) {
    return String.join(
        "&", trunks.stream().map(trunk -> PjsipObjects.TRUNK_PREFIX + trunk).toList());
  }

  private void rest() throws InterruptedException {
    lock.lock();
    try {
      long left = retry.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
