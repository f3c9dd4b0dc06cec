package io.tamas.company;

import io.tamas.company.Company.Switched;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Switches schedules back when their time is over, as if by hand: with the event, and so that the
/// lamp goes out. Calls do not wait for it, they compare the time themselves.
///
/// A time that passed while Tamas was down is seen at the start; without PostgreSQL it is retried.
public final class SwitchKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SwitchKeeper.class);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration DONE = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration FAULTY = Duration.ofMinutes(1);

  private final Companies companies;
  private final Supplier<Company> company;
  private final InstantSource clock;
  private final Rounds rounds = new Rounds("schedule-switches", this::round);

  public SwitchKeeper(Companies companies, Supplier<Company> company, InstantSource clock) {
    this.companies = companies;
    this.company = company;
    this.clock = clock;
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  /// The company has changed.
  public void wake() {
    rounds.wake();
  }

  @Override
  public void close() {
    rounds.close();
  }

  private Duration round() {
    Instant now = clock.instant();
    if (company.get().schedules().stream().anyMatch(schedule -> schedule.isOverrideOver(now))) {
      return switchBack(now);
    }
    return company.get().schedules().stream()
        .flatMap(schedule -> schedule.override().flatMap(Switched::until).stream())
        .map(until -> Duration.between(now, until).plus(SHORTEST))
        .reduce(LONGEST, (one, other) -> one.compareTo(other) < 0 ? one : other);
  }

  /// Returns how long to rest; when it is done, until the company in memory is the new one.
  private Duration switchBack(Instant now) {
    try {
      Optional<List<CompanyFault>> faults = companies.switchBack(now);
      faults.ifPresent(found ->
          log.atWarn().addKeyValue("faults", found).log("schedules cannot be switched back"));
      return faults.isEmpty() ? DONE : FAULTY;
    } catch (DatabaseFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("schedules wait for PostgreSQL");
      return RETRY;
    }
  }
}
