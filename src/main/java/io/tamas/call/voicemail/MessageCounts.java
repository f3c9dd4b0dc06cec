package io.tamas.call.voicemail;

import io.tamas.asterisk.phones.MessageCount;
import io.tamas.call.record.RecordingId;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Event;
import io.tamas.event.EventListener;
import io.tamas.event.EventType;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the messages in mailboxes after each event that may have changed them, whichever node it
/// happened on: the new ones are those that the phone can play.
///
/// While PostgreSQL is down the counts stay as they are.
public final class MessageCounts implements EventListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MessageCounts.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// With more of them all mailboxes are counted.
  private static final int MAX_DUE = 500;

  private final Voicemails voicemails;
  private final Consumer<Map<ExtensionNumber, MessageCount>> receiver;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("message-counts", this::run);
  private final Map<ExtensionNumber, MessageCount> counts = new HashMap<>();
  private Due due = Due.NOTHING;

  /// What may have changed.
  private record Due(boolean all, Set<ExtensionNumber> mailboxes, Set<RecordingId> recordings) {
    static final Due NOTHING = new Due(false, Set.of(), Set.of());
    static final Due ALL = new Due(true, Set.of(), Set.of());

    static Due mailbox(ExtensionNumber number) {
      return new Due(false, Set.of(number), Set.of());
    }

    static Due recording(RecordingId id) {
      return new Due(false, Set.of(), Set.of(id));
    }

    Due and(Due other) {
      Set<ExtensionNumber> numbers = new HashSet<>(mailboxes);
      numbers.addAll(other.mailboxes);
      Set<RecordingId> ids = new HashSet<>(recordings);
      ids.addAll(other.recordings);
      return all || other.all || numbers.size() + ids.size() > MAX_DUE
          ? ALL
          : new Due(false, numbers, ids);
    }
  }

  /// @param receiver of the counts of all mailboxes in which there are messages
  public MessageCounts(
      Voicemails voicemails, Consumer<Map<ExtensionNumber, MessageCount>> receiver) {
    this.voicemails = voicemails;
    this.receiver = receiver;
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  @Override
  public void happened(Event event) {
    if (event.type() instanceof EventType.Known known) {
      changed(known, event.subject().substring(event.subject().indexOf(':') + 1));
    }
  }

  private void changed(EventType.Known type, String subject) {
    switch (type) {
      case VOICEMAIL_LEFT, VOICEMAIL_HEARD, VOICEMAIL_UNHEARD, VOICEMAIL_DELETED ->
          mark(Due.mailbox(new ExtensionNumber(subject)));
      case RECORDING_READY, RECORDING_DELETED ->
          RecordingId.parse(subject).ifPresent(id -> mark(Due.recording(id)));
      case COMPANY_CHANGED -> mark(Due.ALL);
      case CALL_STARTED,
          CALL_RINGING,
          CALL_ANSWERED,
          CALL_CHANGED,
          CALL_ENDED,
          CALL_JOINED,
          CALLER_IDENTIFIED,
          RECORDING_RENAMED,
          SIGN_IN_FAILED,
          PROVISIONING_REFUSED,
          DEVICE_REGISTERED,
          DEVICE_REMOVED,
          DEVICE_REFUSED,
          EXTENSION_STATE,
          PROFILE_CREATED,
          PROFILE_UPDATED,
          PROFILE_DELETED,
          PROFILES_IMPORTED,
          PHONE_BOOK_CHANGED,
          NOTE_CREATED,
          NOTE_UPDATED,
          NOTE_DELETED -> {}
    }
  }

  @Override
  public void missed() {
    mark(Due.ALL);
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void mark(Due more) {
    monitor.change(() -> due = due.and(more));
  }

  private void run() {
    try {
      // also should this thread have died in the middle of something
      mark(Due.ALL);
      for (Optional<Due> some = next(); some.isPresent(); some = next()) {
        countOrDefer(some.get());
      }
    } catch (InterruptedException e) {
      log.atDebug().log("messages are no longer counted");
    }
  }

  private Optional<Due> next() throws InterruptedException {
    return monitor.take(() -> {
      Optional<Due> taken = due.equals(Due.NOTHING) ? Optional.empty() : Optional.of(due);
      due = Due.NOTHING;
      return taken;
    });
  }

  private void countOrDefer(Due some) throws InterruptedException {
    try {
      count(some);
      receiver.accept(counts);
    } catch (DatabaseFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("messages are counted later");
      mark(some);
      monitor.rest(RETRY);
    }
  }

  private void count(Due some) {
    if (some.all()) {
      Map<ExtensionNumber, MessageCount> fresh = voicemails.counts();
      counts.clear();
      counts.putAll(fresh);
    } else {
      Set<ExtensionNumber> mailboxes = new HashSet<>(some.mailboxes());
      mailboxes.addAll(voicemails.mailboxesOf(some.recordings()));
      Map<ExtensionNumber, MessageCount> fresh = voicemails.counts(mailboxes);
      counts.keySet().removeAll(mailboxes);
      counts.putAll(fresh);
    }
  }
}
