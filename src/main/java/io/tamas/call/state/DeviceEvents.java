package io.tamas.call.state;

import io.tamas.asterisk.phones.DeviceWatch;
import io.tamas.asterisk.phones.DeviceWatch.Change;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Audience;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what happens to devices as events with the subject `extension:<number>`:
/// `device.registered`, `device.removed`, `device.refused`. Without PostgreSQL they are in the log
/// only.
public final class DeviceEvents implements DeviceWatch.Sink {
  private static final Logger log = LoggerFactory.getLogger(DeviceEvents.class);

  private final Database database;

  /// @param device its id; empty if it was refused
  private record Data(ExtensionNumber extension, Optional<String> device, String address) {}

  public DeviceEvents(Database database) {
    this.database = database;
  }

  @Override
  public void changed(List<Change> changes) {
    List<NewEvent> events = changes.stream().map(DeviceEvents::event).toList();
    try {
      database.inTransaction(tx -> tx.await(Outbox.append(tx.connection(), events)));
    } catch (DatabaseFault e) {
      log.atInfo()
          .addKeyValue("changes", changes)
          .addKeyValue("reason", e.getMessage())
          .log("changes of devices are not published");
    }
  }

  private static NewEvent event(Change change) {
    return switch (change) {
      case Change.Registered(ExtensionNumber extension, String device, String address) ->
          event(
              EventType.Known.DEVICE_REGISTERED, new Data(extension, Optional.of(device), address));
      case Change.Removed(ExtensionNumber extension, String device, String address) ->
          event(EventType.Known.DEVICE_REMOVED, new Data(extension, Optional.of(device), address));
      case Change.Refused(ExtensionNumber extension, String address) ->
          event(EventType.Known.DEVICE_REFUSED, new Data(extension, Optional.empty(), address));
    };
  }

  private static NewEvent event(EventType type, Data data) {
    return new NewEvent(
        type,
        "extension:" + data.extension().digits(),
        data,
        Audience.of(List.of(data.extension().digits()), Instant.now()));
  }
}
