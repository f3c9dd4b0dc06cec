package io.tamas.call;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.history.Calls;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Message;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Recorded;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.call.recording.Recordings;
import io.tamas.call.voicemail.Voicemails;
import io.tamas.db.Database;
import io.tamas.routing.Routed.Direction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Ended calls in the tables as the journal would store them, one a minute, for tests.
final class KeptCalls {
  static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");

  final Calls calls;
  private final Database database;
  private final Recordings recordings;
  private final CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();

  KeptCalls(Database database, Path folder) {
    this.database = database;
    this.calls = new Calls(database, new SimpleMeterRegistry());
    this.recordings = new Recordings(database, "main", folder);
  }

  /// What is left of a call beside its record.
  enum Left {
    NOTHING,
    RECORDING,
    MESSAGE
  }

  void forgetEverything() {
    database.await(
        database
            .pool()
            .query(
                "truncate call, call_start, call_party, recording, voicemail, voicemail_notice,"
                    + " profile, profile_merge, trash restart identity cascade")
            .execute());
  }

  static String id(int minute) {
    return "main-%d.%d".formatted(BEGIN.getEpochSecond(), minute);
  }

  static UUID recording(int minute) {
    return new UUID(7, minute);
  }

  /// A call from outside, or to outside.
  ///
  /// @param number outside
  /// @param profile of the caller
  void keep(
      int minute,
      Direction direction,
      String number,
      String extension,
      Optional<Long> profile,
      Left left) {
    Instant at = BEGIN.plusSeconds(60L * minute);
    CallRecord call =
        new CallRecord(
            id(minute),
            who(direction, number, extension, profile),
            when(at),
            outcome(extension),
            recorded(minute, extension, at, left),
            List.of(),
            List.of(),
            List.of());
    database.inTransaction(tx -> {
      Calls.save(tx, List.of(call)).forEach(tx::await);
      tx.await(recordings.expect(tx, List.of(call)));
      return Voicemails.add(tx, List.of(call));
    });
  }

  private Who who(Direction direction, String number, String extension, Optional<Long> profile) {
    boolean inbound = direction == Direction.INBOUND;
    return new Who(
        direction,
        inbound ? number : extension,
        "",
        inbound ? "+982191001000" : number,
        profile,
        Optional.empty(),
        Optional.empty());
  }

  private When when(Instant at) {
    When when = template.when();
    return new When(
        at,
        Optional.of(at),
        Optional.of(at),
        Optional.of(at),
        when.ring(),
        when.talk(),
        when.hold(),
        Optional.empty());
  }

  private Outcome outcome(String extension) {
    Outcome outcome = template.outcome();
    return new Outcome(
        outcome.status(),
        Optional.of("extension:" + extension),
        outcome.answeredBy(),
        outcome.lastParty(),
        outcome.hungUpBy(),
        outcome.cause(),
        outcome.rule(),
        false);
  }

  private static Recorded recorded(int minute, String extension, Instant at, Left left) {
    String id = recording(minute).toString();
    Message message =
        new Message(id, extension, "+989120000000", Optional.empty(), at, Duration.ofSeconds(3));
    return new Recorded(
        Optional.of(id).filter(_ -> left == Left.RECORDING),
        Optional.empty(),
        List.of(),
        left == Left.MESSAGE ? List.of(message) : List.of());
  }
}
