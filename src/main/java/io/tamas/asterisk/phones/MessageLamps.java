package io.tamas.asterisk.phones;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lights the message lamps of phones (MWI, RFC 3842) while there are new messages in their
/// mailbox: Asterisk counts files ([MailboxFolder]) when it is told to, and when a phone asks.
///
/// At most so many mailboxes change at once that Asterisk's telling phones does not delay calls;
/// the others follow. Without Asterisk or its manager interface the files stay as they are.
public final class MessageLamps implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MessageLamps.class);
  private static final int BATCH = 50;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Ami ami;
  private final MailboxFolder folder;
  private final MeterRegistry registry;
  private final DesiredState<Map<String, MessageCount>> lamps;
  private final Monitor monitor = new Monitor();
  private Optional<Map<ExtensionNumber, String>> mailboxes = Optional.empty();
  private Optional<Map<ExtensionNumber, MessageCount>> counts = Optional.empty();
  private Map<String, MessageCount> held = Map.of();
  private volatile boolean isStrange = true;

  /// @param folder see [io.tamas.config.Config.Mailboxes]
  public MessageLamps(Ami ami, Path folder, MeterRegistry registry) {
    this.ami = ami;
    this.folder = new MailboxFolder(folder);
    this.registry = registry;
    this.lamps = new DesiredState<>("message-lamps", PAUSE, this::write);
  }

  public void start() {
    lamps.worker().start();
  }

  public Worker worker() {
    return lamps.worker();
  }

  /// All phones: those that have a mailbox have a lamp.
  public void phones(Collection<Phone> now) {
    Map<ExtensionNumber, String> names = new HashMap<>();
    for (Phone phone : now) {
      phone.mailbox().ifPresent(mailbox -> names.put(phone.number(), mailbox.text()));
    }
    monitor.change(() -> mailboxes = Optional.of(names));
    update();
  }

  /// All mailboxes in which there are messages.
  public void counted(Map<ExtensionNumber, MessageCount> now) {
    Map<ExtensionNumber, MessageCount> all = Map.copyOf(now);
    monitor.change(() -> counts = Optional.of(all));
    update();
  }

  private void update() {
    monitor
        .read(() -> mailboxes.flatMap(names -> counts.map(all -> byName(names, all))))
        .ifPresent(lamps::update);
  }

  private static Map<String, MessageCount> byName(
      Map<ExtensionNumber, String> names, Map<ExtensionNumber, MessageCount> counts) {
    return names.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getValue,
                name -> counts.getOrDefault(name.getKey(), MessageCount.NONE)));
  }

  @Override
  public void online(AriPeer peer) {
    isStrange = true;
    lamps.online(peer);
  }

  @Override
  public void close() {
    lamps.close();
  }

  private boolean write(Map<String, MessageCount> now) {
    try {
      if (isStrange) {
        isStrange = false;
        meet();
      }
      List<String> differing =
          Stream.concat(now.keySet().stream(), held.keySet().stream())
              .distinct()
              .filter(name -> !count(now, name).equals(count(held, name)))
              .limit(BATCH)
              .toList();
      differing.forEach(name -> change(name, count(now, name)));
      return differing.size() < BATCH;
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("message lamps: update deferred");
    } catch (UncheckedIOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("messages cannot be counted: the folder of mailboxes cannot be used");
    }
    isStrange = true;
    registry.counter("tamas.message.lamps", "outcome", "deferred").increment();
    return false;
  }

  /// Another Asterisk than before, or this Tamas has just started: what the last one wrote, the
  /// phones may not have been told.
  private void meet() {
    send(AmiAction.countAllMessages());
    held = new HashMap<>(folder.read());
  }

  /// Asterisk tells its phones only what differs from what it counted last, which must therefore be
  /// what they were told: it counts without keeping the result when a phone asks
  /// (`mwi_retrieve_then_create_state` in `mwi.c`).
  private void change(String name, MessageCount count) {
    send(AmiAction.countMessages(name));
    folder.write(name, count);
    AmiAnswer answer = send(AmiAction.countMessages(name));
    held.put(name, count);
    registry.counter("tamas.message.lamps", "outcome", outcome(answer)).increment();
    log.atDebug()
        .addKeyValue("mailbox", name)
        .addKeyValue("new", count.fresh())
        .addKeyValue("heard", count.heard())
        .log("a message lamp has changed");
  }

  private static String outcome(AmiAnswer answer) {
    return switch (answer) {
      case AmiAnswer.Done _ -> "told";
      case AmiAnswer.Refused _ -> "refused";
    };
  }

  private AmiAnswer send(AmiAction action) {
    AmiAnswer answer = ami.send(action);
    if (answer instanceof AmiAnswer.Refused(String reason)) {
      log.atWarn().addKeyValue("reason", reason).log("Asterisk does not count messages");
    }
    return answer;
  }

  private static MessageCount count(Map<String, MessageCount> all, String name) {
    return all.getOrDefault(name, MessageCount.NONE);
  }
}
