package io.tamas.call.decision;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.call.history.LastTalks;
import io.tamas.call.history.LastTalks.Talk;
import io.tamas.crm.Caller;
import io.tamas.crm.CallerLookup;
import io.tamas.crm.ProfileOwners;
import io.tamas.crm.ProfileOwners.Owner;
import io.tamas.crm.outside.OutsideContact;
import io.tamas.crm.outside.OutsideCrm;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Acquaintance;
import io.tamas.routing.Acquaintance.Responsible;
import io.tamas.routing.CallContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Who a caller is, from memory or PostgreSQL, and who is responsible for them, always from
/// PostgreSQL: it changes with each call. All within the one budget of the look-up; what is not
/// known by then, is slow or down is nobody.
public final class KnownCallers implements Callers {
  /// How long ago a last talk may be for any route.
  private static final Duration OLDEST = Duration.ofDays(365);

  /// Questions in progress; while PostgreSQL is slow, more would only wait in a queue.
  private static final int MAX_OPEN = 64;

  private static final Responsible LATE = Responsible.none("not-known-in-time");

  private final CallerLookup lookup;
  private final Optional<OutsideCrm> outside;
  private final ProfileOwners owners;
  private final LastTalks talks;
  private final long budget;
  private final MeterRegistry metrics;
  private final Semaphore room = new Semaphore(MAX_OPEN);

  /// @param outside another CRM, if one is asked
  public KnownCallers(
      CallerLookup lookup,
      Optional<OutsideCrm> outside,
      ProfileOwners owners,
      LastTalks talks,
      Duration budget,
      MeterRegistry metrics) {
    this.lookup = lookup;
    this.outside = outside;
    this.owners = owners;
    this.talks = talks;
    this.budget = budget.toNanos();
    this.metrics = metrics;
  }

  @Override
  public Caller find(PhoneNumber number, String call) {
    long since = System.nanoTime();
    outside.ifPresent(crm -> crm.prepare(number));
    Caller caller = lookup.find(number, call);
    return caller.with(contact(number, since).map(OutsideContact::name));
  }

  @Override
  public Acquaintance acquaintance(CallContext call, Optional<Caller> found, long since) {
    Optional<PhoneNumber> number = call.caller().phoneNumber();
    if (number.isEmpty()) {
      return Acquaintance.NONE;
    }
    Caller caller = found.orElseGet(() -> lookup.known(number.get()));
    Optional<Long> profile = caller.likeliest().map(Caller.Candidate::profile);
    Optional<Future<Optional<Talk>>> talk =
        asked(() -> talks.with(number.get().line(), profile, oldest(call.at())));
    Optional<Future<Owner>> owner = profile.flatMap(id -> asked(() -> owners.of(id)));
    Responsible owning =
        profile.isEmpty()
            ? lookup.isAnswered(number.get()) ? Acquaintance.NONE.owner() : LATE
            : answer(owner, since).map(KnownCallers::owner).orElse(LATE);
    Responsible owningOutside =
        contact(number.get(), since)
            .flatMap(OutsideContact::responsible)
            .map(Responsible::is)
            .orElseGet(() -> Responsible.none("no-owner"));
    Responsible talked = answer(talk, since).map(KnownCallers::talk).orElse(LATE);
    count("owner", owning);
    count("last-talk", talked);
    return new Acquaintance(owning, owningOutside, talked);
  }

  /// Within what is left of the budget.
  private Optional<OutsideContact> contact(PhoneNumber number, long since) {
    return outside.flatMap(crm -> crm.find(number, budget - (System.nanoTime() - since)));
  }

  private static Instant oldest(Instant now) {
    return now.minus(OLDEST);
  }

  private static Responsible owner(Owner owner) {
    return owner
        .extension()
        .map(Responsible::is)
        .orElseGet(() -> Responsible.none(owner.named() ? "no-extension" : "no-owner"));
  }

  private static Responsible talk(Optional<Talk> talk) {
    return talk.map(last -> Responsible.since(last.extension(), last.at()))
        .orElseGet(Acquaintance.NONE::lastTalk);
  }

  private interface Question<T> {
    Future<T> ask();
  }

  /// Empty if too many are in progress.
  private <T> Optional<Future<T>> asked(Question<T> question) {
    return room.tryAcquire()
        ? Optional.of(question.ask().onComplete(_ -> room.release()))
        : Optional.empty();
  }

  /// Empty if there is none within what is left of the budget.
  private <T> Optional<T> answer(Optional<Future<T>> asked, long since) {
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    try {
      long left = budget - (System.nanoTime() - since);
      return Optional.of(asked.get().await(Math.max(1, left), TimeUnit.NANOSECONDS));
    } catch (Exception e) { // a future throws checked exceptions that it does not declare
      return Optional.empty();
    }
  }

  private void count(String by, Responsible found) {
    String result =
        found.extension().isPresent() ? "found" : found.equals(LATE) ? "late" : "nobody";
    metrics.counter("tamas.responsible", "by", by, "result", result).increment();
  }
}
