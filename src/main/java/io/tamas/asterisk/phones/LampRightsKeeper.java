package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps in Asterisk's own database which extensions the lamps of which phones show, so that it
/// holds while Tamas is down: family `tamas-lamps`, by context the groups that its phones may call;
/// family `tamas-groups`, by extension its groups.
///
/// All of them are rewritten after each change and each start. Then Asterisk reloads its dialplan,
/// which applies them to the subscriptions that exist.
public final class LampRightsKeeper implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LampRightsKeeper.class);
  private static final String RIGHTS = "tamas-lamps";
  private static final String GROUPS = "tamas-groups";

  /// What fits into a line of the manager interface. Of more, the rest shows nothing.
  private static final int MAX_TEXT = 900;

  private final Ami ami;
  private final DesiredState<LampRights> rights;

  /// @param retry the time between two attempts
  public LampRightsKeeper(Ami ami, Duration retry) {
    this.ami = ami;
    this.rights = new DesiredState<>("lamp-rights", retry, this::write);
  }

  public void start() {
    rights.worker().start();
  }

  public Worker worker() {
    return rights.worker();
  }

  public void update(LampRights now) {
    rights.update(now);
  }

  @Override
  public void online(AriPeer peer) {
    rights.online(peer);
  }

  @Override
  public void close() {
    rights.close();
  }

  private boolean write(LampRights now) {
    try {
      // refused if there are none
      ami.send(AmiAction.databaseDeleteAll(RIGHTS));
      ami.send(AmiAction.databaseDeleteAll(GROUPS));
      now.contexts().forEach((rights, context) -> put(RIGHTS, String.valueOf(context), rights));
      now.groups().forEach(this::putGroups);
      ami.send(AmiAction.reloadDialplan());
      return true;
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("rights of lamps: update deferred");
      return false;
    }
  }

  private void putGroups(ExtensionNumber number, SortedSet<String> groups) {
    if (!groups.isEmpty()) {
      put(GROUPS, number.digits(), "," + String.join(",", groups) + ",");
    }
  }

  private void put(String family, String key, String value) {
    if (value.length() > MAX_TEXT) {
      log.atWarn()
          .addKeyValue("family", family)
          .addKeyValue("key", key)
          .log("too many groups for lamps");
    } else {
      ami.send(AmiAction.databasePut(family, key, value));
    }
  }
}
