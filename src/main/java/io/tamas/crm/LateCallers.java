package io.tamas.crm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Looks up callers that were not found within the budget of their call, and ties them to it, for
/// as long as the call may still be ringing or in progress.
final class LateCallers {
  private final Database database;
  private final Function<PhoneNumber, Optional<Future<Caller>>> source;
  private final BiConsumer<PhoneNumber, String> unknown;
  private final CallerTies ties;
  private final LateWork work;
  private final Counter published;
  private final Counter dropped;

  /// @param source looks up the profiles of a number; empty if that is refused for now
  /// @param unknown receives the numbers that no profile has, and the calls
  LateCallers(
      Database database,
      LateWork work,
      Function<PhoneNumber, Optional<Future<Caller>>> source,
      BiConsumer<PhoneNumber, String> unknown,
      CallerTies ties,
      MeterRegistry metrics) {
    this.database = database;
    this.work = work;
    this.source = source;
    this.unknown = unknown;
    this.ties = ties;
    this.published = metrics.counter("tamas.lookup.late", "result", "told");
    this.dropped = metrics.counter("tamas.lookup.late", "result", "dropped");
  }

  void identify(PhoneNumber number, String call) {
    work.begin(() -> publish(number, call), dropped::increment);
  }

  /// Whether there is nothing more to do.
  private boolean publish(PhoneNumber number, String call) {
    Optional<Future<Caller>> answer = source.apply(number);
    if (answer.isEmpty()) {
      return false;
    }
    Caller caller = database.await(answer.get());
    if (caller.candidates().isEmpty()) {
      unknown.accept(number, call);
    } else {
      ties.tie(call, number, caller);
      published.increment();
    }
    return true;
  }
}
