package io.tamas;

import io.tamas.asterisk.phones.DoNotDisturbLamps;
import io.tamas.asterisk.phones.EmergencyNumbers;
import io.tamas.asterisk.phones.Phone;
import io.tamas.asterisk.phones.PhoneProvisioning;
import io.tamas.asterisk.phones.PhoneStates;
import io.tamas.asterisk.phones.TrunkEndpoint;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.call.state.ExtensionStates;
import io.tamas.company.Company;
import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Extension;
import io.tamas.config.Secret;
import io.tamas.db.DatabaseFault;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Provisions each new company in Asterisk: phones and trunks, lamps and emergency numbers; and
/// passes it to the extension states.
///
/// Without PostgreSQL the passwords are unknown: then Asterisk keeps its phones and trunks, and
/// they are provisioned once PostgreSQL is back.
final class CompanyPhones implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CompanyPhones.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final PhoneProvisioning provisioning;
  private final PhoneStates phones;
  private final ExtensionStates states;
  private final DoNotDisturbLamps lamps;
  private final EmergencyNumbers emergency;
  private final Passwords passwords;
  private final BlockingQueue<Boolean> wakeups = new ArrayBlockingQueue<>(1);
  private volatile Company newest = Company.empty();
  private volatile boolean closed;

  /// The passwords of all phones and trunks, read again for each change of the company. May wait.
  ///
  /// @param trunks by name
  public record Passwords(
      Supplier<Map<ExtensionNumber, Secret>> phones, Supplier<Map<String, Secret>> trunks) {}

  public CompanyPhones(
      PhoneProvisioning provisioning,
      PhoneStates phones,
      ExtensionStates states,
      DoNotDisturbLamps lamps,
      EmergencyNumbers emergency,
      Passwords passwords) {
    this.provisioning = provisioning;
    this.phones = phones;
    this.states = states;
    this.lamps = lamps;
    this.emergency = emergency;
    this.passwords = passwords;
  }

  public void start() {
    Thread.ofVirtual().name("company-phones").start(this::run);
  }

  /// The company has changed. An empty one that was never stored does not remove phones.
  public void company(Company company) {
    if (company.version() > 0) {
      newest = company;
      states.company(company);
      phones.watch(company.extensions().stream().map(Extension::number).toList());
      lamps.update(
          company.extensions().stream()
              .collect(Collectors.toMap(Extension::number, Extension::doNotDisturb)));
      emergency.update(
          company.emergencyNumbers().stream()
              .collect(
                  Collectors.toMap(
                      EmergencyNumber::number, EmergencyNumber::trunks, (one, _) -> one)));
      wakeups.offer(true);
    }
  }

  @Override
  public void close() {
    closed = true;
    wakeups.offer(true);
  }

  private void run() {
    try {
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
      provisioning.update(
          phones(company, passwords.phones().get()), trunks(company, passwords.trunks().get()));
      return true;
    } catch (DatabaseFault e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("phone provisioning deferred");
      return false;
    }
  }

  /// An extension without a password has no phone.
  static List<Phone> phones(Company company, Map<ExtensionNumber, Secret> secrets) {
    Map<ExtensionNumber, SortedSet<String>> groups = pickupGroups(company);
    return company.extensions().stream()
        .flatMap(extension ->
            Optional.ofNullable(secrets.get(extension.number()))
                .map(secret -> phone(extension, groups, secret))
                .stream())
        .toList();
  }

  private static Phone phone(
      Extension extension, Map<ExtensionNumber, SortedSet<String>> groups, Secret secret) {
    return new Phone(
        extension.number(),
        extension.name(),
        extension.language(),
        groups.getOrDefault(extension.number(), Collections.emptySortedSet()),
        extension.maxDevices(),
        secret);
  }

  private static Map<ExtensionNumber, SortedSet<String>> pickupGroups(Company company) {
    Map<ExtensionNumber, SortedSet<String>> groups = new HashMap<>();
    for (PickupGroup group : company.pickupGroups()) {
      for (ExtensionNumber member : group.members()) {
        groups.computeIfAbsent(member, _ -> new TreeSet<>()).add(group.name());
      }
    }
    return groups;
  }

  static List<TrunkEndpoint> trunks(Company company, Map<String, Secret> secrets) {
    return company.trunks().stream()
        .map(trunk ->
            new TrunkEndpoint(
                trunk.name(),
                trunk.addresses(),
                trunk.fallback(),
                trunk.server(),
                trunk
                    .registration()
                    .map(account ->
                        new Account(
                            account.server(),
                            account.user(),
                            Optional.ofNullable(secrets.get(trunk.name()))))))
        .toList();
  }
}
