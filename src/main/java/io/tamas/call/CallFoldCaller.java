package io.tamas.call;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.CallFoldExtra.Hangup;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// The first channel of a call and what Asterisk says of it.
final class CallFoldCaller {
  final String channel;
  final String context;
  final String dialled;
  private String name;
  private String number;
  private boolean heardSomething;
  private Optional<Hangup> hangup = Optional.empty();
  private Optional<Instant> hungUpAt = Optional.empty();

  CallFoldCaller(JournalEvent row) {
    channel = row.channel();
    context = row.context();
    dialled = row.dialled();
    name = row.callerName();
    number = row.callerNumber();
  }

  /// Takes what a row of the caller's channel says of the caller.
  void isKnownAs(JournalEvent row) {
    // Tamas puts the profile's name in place of the one that the network told
    name = row.callerName().isEmpty() ? name : row.callerName();
    number = number.isEmpty() ? row.callerNumber() : number;
    heardSomething |= row.type().equals("ANSWER") || row.type().equals("STREAM_BEGIN");
  }

  void hangsUp(Instant at, Hangup how) {
    hangup = Optional.of(how);
    hungUpAt = Optional.of(at);
  }

  String name() {
    return name;
  }

  /// The number, else the name, as the network told it.
  String asTold() {
    return Stream.of(number, name).filter(told -> !told.isBlank()).findFirst().orElse("anonymous");
  }

  boolean heardSomething() {
    return heardSomething;
  }

  boolean hungUpItself() {
    return hangupSource().equals(channel);
  }

  /// The channel that ended the caller's, `dialplan/…`, or empty.
  String hangupSource() {
    return hangup.map(Hangup::source).orElse("");
  }

  Optional<Instant> hungUpAt() {
    return hungUpAt;
  }

  Optional<Integer> cause() {
    return hangup.map(Hangup::cause).filter(cause -> cause > 0);
  }
}
