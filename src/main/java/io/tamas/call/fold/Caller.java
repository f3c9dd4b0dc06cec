package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.call.record.ChannelName;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The first channel of a call and what Asterisk says of it.
final class Caller {
  final JournalEvent row;
  final String uniqueId;
  final String channel;
  final String context;
  final String dialled;
  final Instant startedAt;
  private String name;
  private String number;
  private boolean heardSomething;
  private Optional<Instant> answeredAt = Optional.empty();
  private Optional<Hangup> hangup = Optional.empty();
  private Optional<Instant> hungUpAt = Optional.empty();

  Caller(JournalEvent row) {
    this.row = row;
    uniqueId = row.uniqueId();
    channel = row.channel();
    context = row.context();
    dialled = row.dialled();
    startedAt = row.at();
    name = row.callerName();
    number = row.callerNumber();
  }

  /// The endpoints of a dial string such as `PJSIP/101&PJSIP/0912@trunk-demo,20,b(…)`.
  static Set<String> dialled(String applicationData) {
    Set<String> parties = new LinkedHashSet<>();
    for (String target : applicationData.split(",", 2)[0].split("&", -1)) {
      String[] part = target.split("/", 3);
      if (part.length > 1 && !new ChannelName(target).isLocal()) {
        parties.add(part[1].substring(part[1].indexOf('@') + 1));
      }
    }
    return parties;
  }

  /// Takes what a row of the caller's channel says of the caller.
  void isKnownAs(JournalEvent told) {
    // Tamas puts the profile's name in place of the one that the network told
    name = told.callerName().isEmpty() ? name : told.callerName();
    number = number.isEmpty() ? told.callerNumber() : number;
    if (told.type() == Cel.ANSWER) {
      answeredAt = answeredAt.or(() -> Optional.of(told.at()));
    }
    heardSomething |= told.type() == Cel.ANSWER || told.type() == Cel.STREAM_BEGIN;
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

  /// When its own channel was answered, by its phone or by the dialplan.
  Optional<Instant> answeredAt() {
    return answeredAt;
  }

  boolean heardSomething() {
    return heardSomething;
  }

  boolean hungUpItself() {
    return hangup.filter(how -> how.source().equals(channel)).isPresent();
  }

  Optional<Instant> hungUpAt() {
    return hungUpAt;
  }

  Optional<Hangup> hangup() {
    return hangup;
  }
}
