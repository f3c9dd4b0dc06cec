package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra.Hangup;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.call.record.ChannelName;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PlainNumber;
import io.tamas.routing.Routed.Direction;
import io.tamas.text.Printable;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// The caller: the first channel of a call, as Asterisk reports it. Asterisk writes what the
/// network sent as it came; of that only what is printable goes on from here.
final class Caller {
  private static final String TRUNK = "trunk-";

  /// Where a call without a user in its request line enters the dialplan.
  private static final String NO_NUMBER = "s";

  final JournalEvent row;
  final String uniqueId;
  final String channel;
  final String context;
  final String dialled;
  final Instant startedAt;
  private String name;
  private String number;
  private boolean hasHeardAudio;
  private Optional<Instant> answeredAt = Optional.empty();
  private Optional<Hangup> hangup = Optional.empty();
  private Optional<Instant> hungUpAt = Optional.empty();

  Caller(JournalEvent row) {
    this(row, row.at());
  }

  Caller(JournalEvent row, Instant startedAt) {
    this.row = row;
    this.startedAt = startedAt;
    uniqueId = row.uniqueId();
    channel = row.channel();
    context = row.context();
    dialled = row.dialled().equals(NO_NUMBER) ? "" : Printable.of(row.dialled());
    name = Printable.of(row.callerName());
    number = Printable.of(row.callerNumber());
  }

  /// Applies a row of the caller's channel.
  void apply(JournalEvent row) {
    // Tamas replaces the name that the network sent with that of the profile
    name = row.callerName().isEmpty() ? name : Printable.of(row.callerName());
    number = number.isEmpty() ? Printable.of(row.callerNumber()) : number;
    if (row.type() == Cel.ANSWER) {
      answeredAt = answeredAt.or(() -> Optional.of(row.at()));
    }
    hasHeardAudio |= row.type() == Cel.ANSWER || row.type() == Cel.STREAM_BEGIN;
  }

  void onHangup(Instant at, Hangup how) {
    hangup = Optional.of(how);
    hungUpAt = Optional.of(at);
  }

  String name() {
    return name;
  }

  /// The number, else the name, as the network sent it, else `anonymous`.
  String numberOrName() {
    return Stream.of(number, name).filter(text -> !text.isBlank()).findFirst().orElse("anonymous");
  }

  /// What was dialled, where nothing was decided: no plan is known here. The letters of a trunk are
  /// an account and no number.
  String requested() {
    return PlainNumber.of(dialled).orElse(direction() == Direction.INBOUND ? "" : dialled);
  }

  /// The trunk whose channel it is.
  Optional<String> trunk() {
    String party = new ChannelName(channel).party();
    return direction() == Direction.INBOUND && party.startsWith(TRUNK)
        ? Optional.of(party.substring(TRUNK.length()))
        : Optional.empty();
  }

  Direction direction() {
    return context.contains("phone") ? Direction.INTERNAL : Direction.INBOUND;
  }

  /// The same of a call about which nothing was decided. An external caller that sends as few
  /// digits as an extension has is not that extension, with or without a `+`.
  String untrusted() {
    String sent = numberOrName();
    String digits = sent.startsWith("+") ? sent.substring(1) : sent;
    return direction() == Direction.INBOUND && ExtensionNumber.isValid(digits) ? "anonymous" : sent;
  }

  /// When the caller's channel was answered, by the phone or by the dialplan.
  Optional<Instant> answeredAt() {
    return answeredAt;
  }

  /// Whether the channel was answered, or audio was played to it.
  boolean hasHeardAudio() {
    return hasHeardAudio;
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
