package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps in Asterisk's own database with which key the phones of an extension transfer a call, so
/// that it holds while Tamas is down (`dialplan/phone.conf`): family `tamas-transfer`, by extension
/// one of [Key]. An extension that has none there transfers with `#`.
///
/// After each start of Asterisk or Tamas all of them are rewritten, and what changes after each
/// change of the company. A call has the keys with which it began.
public final class TransferKeys implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TransferKeys.class);
  private static final String FAMILY = "tamas-transfer";

  private final Ami ami;
  private final DesiredState<Map<ExtensionNumber, Key>> keys;
  private final Map<ExtensionNumber, Key> written = new HashMap<>();
  private volatile boolean isKnown;

  /// A key other than `#`.
  public enum Key {
    DOUBLE_HASH("##"),
    STAR_TWO("*2"),
    NONE("none");

    private final String text;

    Key(String text) {
      this.text = text;
    }
  }

  /// @param retry the time between two attempts
  public TransferKeys(Ami ami, Duration retry) {
    this.ami = ami;
    this.keys = new DesiredState<>("transfer-keys", retry, this::write);
  }

  public void start() {
    keys.worker().start();
  }

  public Worker worker() {
    return keys.worker();
  }

  /// The extensions that transfer with another key than `#`.
  public void update(Map<ExtensionNumber, Key> now) {
    keys.update(Map.copyOf(now));
  }

  @Override
  public void online(AriPeer peer) {
    isKnown = false;
    keys.online(peer);
  }

  @Override
  public void close() {
    keys.close();
  }

  private boolean write(Map<ExtensionNumber, Key> now) {
    try {
      if (!isKnown) {
        isKnown = true;
        written.clear();
        // refused if there are none
        ami.send(AmiAction.databaseDeleteAll(FAMILY));
      }
      List<ExtensionNumber> gone =
          written.keySet().stream().filter(number -> !now.containsKey(number)).toList();
      for (ExtensionNumber number : gone) {
        ami.send(AmiAction.databaseDelete(FAMILY, number.digits()));
        written.remove(number);
      }
      now.forEach(this::write);
      return true;
    } catch (AmiFault e) {
      isKnown = false;
      log.atDebug().addKeyValue("reason", e.getMessage()).log("transfer keys: update deferred");
      return false;
    }
  }

  private void write(ExtensionNumber number, Key key) {
    if (key != written.get(number)) {
      ami.send(AmiAction.databasePut(FAMILY, number.digits(), key.text));
      written.put(number, key);
    }
  }
}
