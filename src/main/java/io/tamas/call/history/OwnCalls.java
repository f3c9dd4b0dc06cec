package io.tamas.call.history;

import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Problem;
import io.tamas.web.Request;

/// The calls that somebody reads who does not see all: those in which one of their extensions took
/// part since it is theirs.
public final class OwnCalls {
  private OwnCalls() {}

  public static boolean mayRead(Request request, CallRecord call) {
    return request.extensions().map(reach -> isOwn(call, reach)).orElse(true);
  }

  public static boolean isOwn(CallRecord call, Reach.Extensions reach) {
    return CallParties.extensions(call).stream()
        .anyMatch(number -> reach.includes(new ExtensionNumber(number), call.when().startedAt()));
  }

  /// Limits a search to them.
  ///
  /// @throws Problem 403 if it asks for those of another extension
  static CallSearch limit(CallSearch search, Reach.Extensions reach) {
    if (search.extension().isEmpty()) {
      return search.within(reach);
    }
    ExtensionNumber extension = search.extension().get();
    if (!reach.includes(extension)) {
      throw Problem.forbidden("these are the calls of others: extension " + extension.digits());
    }
    return search.within(reach.only(extension));
  }

  /// The search of a request: all calls, or the own ones.
  public static CallSearch search(Request request, CallSearch search) {
    return request.extensions().map(reach -> limit(search, reach)).orElse(search);
  }
}
