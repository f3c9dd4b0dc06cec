package io.tamas.call.history;

import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.web.Principal.Owner;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import java.time.Instant;
import java.util.Optional;

/// The calls that a key reads which belongs to an extension: those in which the extension took part
/// since it exists. A key that belongs to none reads all.
public final class OwnCalls {
  private OwnCalls() {}

  public static boolean mayRead(Request request, CallRecord call) {
    return request.owner().map(owner -> isOwn(call, owner)).orElse(true);
  }

  public static boolean isOwn(CallRecord call, Owner owner) {
    return !call.when().startedAt().isBefore(owner.since())
        && CallParties.of(call).contains(CallParties.ofExtension(owner.extension()));
  }

  /// Limits a search to them.
  ///
  /// @throws Problem 403 if it asks for those of another extension
  static CallSearch limit(CallSearch search, Owner owner) {
    if (search.extension().filter(other -> !other.equals(owner.extension())).isPresent()) {
      throw Problem.forbidden(
          "the key reads calls of extension " + owner.extension().digits() + " only");
    }
    Instant from = search.from().filter(owner.since()::isBefore).orElse(owner.since());
    return new CallSearch(
        search.direction(),
        search.status(),
        Optional.of(owner.extension()),
        search.number(),
        search.profiles(),
        search.notCalledBack(),
        search.recorded(),
        Optional.of(from),
        search.to(),
        search.cursor(),
        search.limit());
  }

  /// The search of a request: all calls, or the own ones.
  public static CallSearch search(Request request, CallSearch search) {
    return request.owner().map(owner -> limit(search, owner)).orElse(search);
  }
}
