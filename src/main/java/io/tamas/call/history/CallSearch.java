package io.tamas.call.history;

import io.tamas.call.record.CallRecord.Status;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Principal.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Selects ended calls, newest first.
///
/// @param reach the extensions one of which took part since it is theirs; empty: all
/// @param extension that called, was called, or whose phone rang
/// @param number of the external party, or the company's number that was dialled
/// @param profiles of the caller, any of them; none: whoever it is
/// @param notCalledBack only calls from outside that nobody answered, and after which none with the
///   caller's number was answered within this time, in either direction
/// @param recorded only calls whose conversation was recorded, or in which a message was left
/// @param from the earliest start
/// @param to the start before which calls are selected
public record CallSearch(
    Optional<Reach.Extensions> reach,
    Optional<Direction> direction,
    Optional<Status> status,
    Optional<ExtensionNumber> extension,
    Optional<String> number,
    List<Long> profiles,
    Optional<Duration> notCalledBack,
    boolean recorded,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<CallCursor> cursor,
    int limit) {

  /// Of all calls.
  public CallSearch(
      Optional<Direction> direction,
      Optional<Status> status,
      Optional<ExtensionNumber> extension,
      Optional<String> number,
      List<Long> profiles,
      Optional<Duration> notCalledBack,
      boolean recorded,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<CallCursor> cursor,
      int limit) {
    this(
        Optional.empty(),
        direction,
        status,
        extension,
        number,
        profiles,
        notCalledBack,
        recorded,
        from,
        to,
        cursor,
        limit);
  }

  /// Whether no call can be selected, which need not be asked.
  boolean selectsNothing() {
    return notCalledBack.isPresent()
        && (direction.filter(given -> given != Direction.INBOUND).isPresent()
            || status.filter(CallSums.NOT_MISSED::contains).isPresent());
  }

  /// The same from a position on.
  CallSearch page(Optional<CallCursor> after, int most) {
    return new CallSearch(
        reach,
        direction,
        status,
        extension,
        number,
        profiles,
        notCalledBack,
        recorded,
        from,
        to,
        after,
        most);
  }

  /// Only the calls that somebody may read who sees these extensions, of which there is one or
  /// more.
  CallSearch within(Reach.Extensions extensions) {
    Optional<Map.Entry<ExtensionNumber, Instant>> one =
        Optional.of(extensions.since().entrySet())
            .filter(all -> all.size() == 1)
            .map(all -> all.iterator().next());
    return new CallSearch(
        one.isPresent() ? Optional.empty() : Optional.of(extensions),
        direction,
        status,
        one.map(Map.Entry::getKey),
        number,
        profiles,
        notCalledBack,
        recorded,
        one.map(Map.Entry::getValue)
            .filter(since -> from.filter(since::isBefore).isEmpty())
            .or(() -> from),
        to,
        cursor,
        limit);
  }
}
