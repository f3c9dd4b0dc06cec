package io.tamas.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.call.history.CallSearch;
import io.tamas.call.history.Calls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.notes.CallNotes;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ProfileNote;
import io.tamas.crm.Caller;
import io.tamas.crm.CallerTies;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Event;
import io.tamas.event.EventListener;
import io.tamas.event.EventType.Known;
import io.tamas.json.Json;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Routed.Direction;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ties calls of callers whom nobody knew to the profile that was found or made later: as a row of
/// the journal, so that the record stays the same when it is recomputed. Follows new and changed
/// profiles; of earlier calls from a number the last [#MOST] are tied.
///
/// Without PostgreSQL it waits; of very many profiles at once some are skipped, with a warning.
public final class ProfileTies implements CallerTies, EventListener {
  private static final Logger log = LoggerFactory.getLogger(ProfileTies.class);

  /// Calls from one number that are tied to its new profile.
  static final int MOST = 100;

  private static final int MAX_WAITING = 10_000;
  private static final Duration STORED = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofHours(1);

  private final LiveCalls live;
  private final Calls calls;
  private final CallNotes notes;
  private final Function<PhoneNumber, Caller> source;
  private final BlockingQueue<PhoneNumber> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Rounds rounds = new Rounds("profile-ties", this::round);

  /// @param source who has a number now; may wait
  public ProfileTies(
      LiveCalls live, Calls calls, CallNotes notes, Function<PhoneNumber, Caller> source) {
    this.live = live;
    this.calls = calls;
    this.notes = notes;
    this.source = source;
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  @Override
  public void tie(String call, PhoneNumber number, Caller caller) {
    List<ProfileNote.Candidate> candidates =
        caller.candidates().stream()
            .map(one -> new ProfileNote.Candidate(one.profile(), one.name()))
            .toList();
    try {
      notes
          .addProfile(call, ProfileNote.found(number.e164(), candidates))
          .await(STORED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | RuntimeException e) {
      log.atWarn()
          .addKeyValue("call", call)
          .addKeyValue("reason", e.getMessage())
          .log("call is not tied to the profile of its caller");
    }
  }

  @Override
  public void happened(Event event) {
    if (event.type() == Known.PROFILE_CREATED || event.type() == Known.PROFILE_UPDATED) {
      JsonNode profile = Json.read(event.data(), JsonNode.class);
      for (JsonNode number : profile.path("numbers")) {
        if (!waiting.offer(new PhoneNumber(number.path("number").asText()))) {
          log.atWarn().log("too many new profiles at once: calls are not tied to all of them");
          return;
        }
      }
      rounds.wake();
    }
  }

  @Override
  public void missed() {
    // the next change of such a profile ties its calls
  }

  private Duration round() {
    try {
      for (var number = waiting.peek(); number != null; number = waiting.peek()) {
        tieAll(number.line());
        waiting.remove();
      }
      return IDLE;
    } catch (DatabaseFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("profiles wait for PostgreSQL");
      return RETRY;
    }
  }

  private void tieAll(PhoneNumber number) {
    List<String> untied =
        Stream.concat(live.list().stream(), ended(number).stream())
            .filter(call -> call.who().direction() == Direction.INBOUND)
            .filter(call -> call.who().caller().equals(number.e164()))
            .filter(call -> call.who().profile().isEmpty())
            .map(CallRecord::id)
            .distinct()
            .toList();
    if (!untied.isEmpty()) {
      Caller caller = source.apply(number);
      if (!caller.candidates().isEmpty()) {
        untied.forEach(call -> tie(call, number, caller));
      }
    }
  }

  private List<CallRecord> ended(PhoneNumber number) {
    return calls
        .list(
            new CallSearch(
                Optional.of(Direction.INBOUND),
                Optional.empty(),
                Optional.empty(),
                Optional.of(number.e164()),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MOST))
        .calls();
  }
}
