package io.tamas;

import io.tamas.asterisk.phones.SignInDefence;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes failed SIP authentication as events: `sign-in.failed`, with subject
/// `sign-in:<address>`. Without PostgreSQL it is in the log only.
final class SignInAlarms implements SignInDefence.Alarms {
  private static final Logger log = LoggerFactory.getLogger(SignInAlarms.class);

  /// Of untrusted text.
  private static final int MAX_ACCOUNT = 80;

  private final Database database;

  private record Failed(String address, String account, long failures, Optional<Instant> until) {}

  public SignInAlarms(Database database) {
    this.database = database;
  }

  @Override
  public void failed(String address, String account, long failures, Optional<Instant> until) {
    Failed failed = new Failed(address, printable(account), failures, until);
    NewEvent event = new NewEvent(EventType.Known.SIGN_IN_FAILED, "sign-in:" + address, failed);
    try {
      database.inTransaction(tx -> tx.await(Outbox.append(tx.connection(), List.of(event))));
    } catch (DatabaseFault e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("failed SIP authentication not published");
    }
  }

  private static String printable(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "");
    return safe.substring(0, Math.min(MAX_ACCOUNT, safe.length()));
  }
}
