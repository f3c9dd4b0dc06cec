package io.tamas.call;

import io.tamas.asterisk.phones.Phone;
import io.tamas.asterisk.phones.PhoneProvisioning;
import io.tamas.asterisk.phones.PhoneStates;
import io.tamas.asterisk.phones.TrunkEndpoint;
import io.tamas.company.Company;
import io.tamas.config.Secret;
import io.tamas.db.DatabaseFault;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands each new company on to Asterisk's phones and to the states of the extensions.
///
/// Without PostgreSQL the passwords are not known: then Asterisk keeps the phones that it has, and
/// they are looked at once PostgreSQL is back.
public final class CompanyPhones implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CompanyPhones.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final PhoneProvisioning provisioning;
  private final PhoneStates phones;
  private final ExtensionStates states;
  private final Supplier<Map<ExtensionNumber, Secret>> passwords;
  private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);
  private volatile Company newest = Company.empty();
  private volatile boolean closed;

  /// @param passwords of all phones, read anew for each company; may wait
  public CompanyPhones(
      PhoneProvisioning provisioning,
      PhoneStates phones,
      ExtensionStates states,
      Supplier<Map<ExtensionNumber, Secret>> passwords) {
    this.provisioning = provisioning;
    this.phones = phones;
    this.states = states;
    this.passwords = passwords;
  }

  public void start() {
    Thread.ofVirtual().name("company-phones").start(this::run);
  }

  /// The company has changed. An empty one that was never stored is no reason to remove phones.
  public void company(Company company) {
    if (company.version() > 0) {
      newest = company;
      states.company(company);
      phones.watch(company.extensions().stream().map(Company.Extension::number).toList());
      news.offer(true);
    }
  }

  @Override
  public void close() {
    closed = true;
    news.offer(true);
  }

  private void run() {
    try {
      while (!closed) {
        news.take();
        while (!closed && !handedOn(newest)) {
          news.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("the company is not handed on any more");
    }
  }

  private boolean handedOn(Company company) {
    try {
      Map<ExtensionNumber, Secret> secrets = passwords.get();
      provisioning.want(phones(company, secrets), trunks(company));
      return true;
    } catch (DatabaseFault e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("phones are provisioned later");
      return false;
    }
  }

  /// An extension without a password has no phone.
  static List<Phone> phones(Company company, Map<ExtensionNumber, Secret> secrets) {
    return company.extensions().stream()
        .flatMap(extension -> phone(extension, secrets).stream())
        .toList();
  }

  static List<TrunkEndpoint> trunks(Company company) {
    return company.trunks().stream()
        .map(trunk -> new TrunkEndpoint(trunk.name(), trunk.addresses(), trunk.fallback()))
        .toList();
  }

  private static Optional<Phone> phone(
      Company.Extension extension, Map<ExtensionNumber, Secret> secrets) {
    return Optional.ofNullable(secrets.get(extension.number()))
        .map(secret ->
            new Phone(extension.number(), extension.name(), extension.language(), secret));
  }
}
