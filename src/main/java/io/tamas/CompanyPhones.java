package io.tamas;

import io.tamas.asterisk.phones.EmergencyNumbers;
import io.tamas.asterisk.phones.LampRightsKeeper;
import io.tamas.asterisk.phones.MessageLamps;
import io.tamas.asterisk.phones.OwnLamps;
import io.tamas.asterisk.phones.Phone;
import io.tamas.asterisk.phones.PhoneProvisioning;
import io.tamas.asterisk.phones.PhoneStates;
import io.tamas.asterisk.phones.Refusals;
import io.tamas.asterisk.phones.TransferKeys;
import io.tamas.asterisk.phones.TrunkAddresses;
import io.tamas.asterisk.phones.TrunkEndpoint;
import io.tamas.asterisk.phones.TrunkWatch;
import io.tamas.call.state.ExtensionStates;
import io.tamas.call.state.TrunkHabits;
import io.tamas.call.state.TrunkStates;
import io.tamas.company.Company;
import io.tamas.company.Extension;
import io.tamas.config.Secret;
import io.tamas.db.DatabaseFault;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Provisions each new company in Asterisk: phones and trunks, lamps, emergency numbers and keys;
/// and passes it to the extension states.
///
/// Without PostgreSQL the passwords are unknown: then Asterisk keeps its phones and trunks, and
/// they are provisioned once PostgreSQL is back.
final class CompanyPhones implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CompanyPhones.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// Within which a phone is written unless something is wrong.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PhoneProvisioning provisioning;
  private final PhoneStates phones;
  private final ExtensionStates states;
  private final Lines lines;
  private final OwnLamps lamps;
  private final LampRightsKeeper rights;
  private final MessageLamps messages;
  private final EmergencyNumbers emergency;
  private final TransferKeys keys;
  private final Passwords passwords;
  private final Refusals refusals;
  private final BlockingQueue<Boolean> wakeups = new ArrayBlockingQueue<>(1);
  private final Worker worker = new Worker("company-phones", this::run);
  private final Monitor monitor = new Monitor();
  private volatile Company newest = Company.empty();
  private volatile boolean closed;

  /// The version of the company that was last passed on.
  private long passedOn;

  /// The passwords of all phones and trunks, read again for each change of the company. May wait.
  ///
  /// @param trunks by name
  public record Passwords(
      Supplier<Map<ExtensionNumber, Secret>> phones, Supplier<Map<String, Secret>> trunks) {}

  /// What follows the trunks.
  record Lines(
      TrunkWatch watch, TrunkStates states, TrunkHabits habits, TrunkAddresses addresses) {}

  public CompanyPhones(
      PhoneProvisioning provisioning,
      PhoneStates phones,
      ExtensionStates states,
      Lines lines,
      OwnLamps lamps,
      LampRightsKeeper rights,
      MessageLamps messages,
      EmergencyNumbers emergency,
      TransferKeys keys,
      Passwords passwords,
      Refusals refusals) {
    this.provisioning = provisioning;
    this.phones = phones;
    this.states = states;
    this.lines = lines;
    this.lamps = lamps;
    this.rights = rights;
    this.messages = messages;
    this.emergency = emergency;
    this.keys = keys;
    this.passwords = passwords;
    this.refusals = refusals;
  }

  public void start() {
    worker.start();
  }

  Worker worker() {
    return worker;
  }

  /// The company has changed. An empty one that was never stored does not remove phones.
  public void company(Company company) {
    if (company.version() > 0) {
      newest = company;
      states.company(company);
      lines.states().company(company);
      phones.watch(company.extensions().stream().map(Extension::number).toList());
      lamps.update(CompanyParts.lamps(company));
      rights.update(CompanyParts.lampRights(company));
      emergency.update(CompanyParts.emergency(company));
      keys.update(CompanyParts.transferKeys(company));
      wakeups.offer(true);
    }
  }

  /// Waits until Asterisk has a phone as a version of the company has it, so that it can register
  /// with its new password; but no longer than 2 s, and not while Asterisk is away.
  void awaitPhone(ExtensionNumber number, long version) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      if (monitor.await(() -> passedOn >= version, PATIENCE)) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        provisioning.awaitPhone(number, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What was found of a trunk changes how it is provisioned.
  void again() {
    wakeups.offer(true);
  }

  @Override
  public void close() {
    closed = true;
    monitor.close();
    wakeups.offer(true);
  }

  private void run() {
    try {
      // should this thread have died in the middle of something
      company(newest);
      while (!closed) {
        wakeups.take();
        while (!closed && !isProvisioned(newest)) {
          wakeups.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("company changes are no longer provisioned");
    }
  }

  private boolean isProvisioned(Company company) {
    try {
      lines.habits().load();
      lines.states().load();
      CompanyParts parts = new CompanyParts(refusals, lines.habits()::ignoresOptions);
      List<Phone> nowPhones = parts.phones(company, passwords.phones().get());
      List<TrunkEndpoint> nowTrunks = parts.trunks(company, passwords.trunks().get());
      lines.watch().watch(nowTrunks);
      lines.addresses().watch(nowTrunks);
      provisioning.update(nowPhones, nowTrunks, parts.kept());
      messages.phones(nowPhones);
      monitor.change(() -> passedOn = company.version());
      return true;
    } catch (DatabaseFault e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("phone provisioning deferred");
      return false;
    }
  }
}
