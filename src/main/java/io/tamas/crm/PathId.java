package io.tamas.crm;

import io.tamas.web.Problem;
import io.tamas.web.Request;

/// The ids in the paths of requests.
public final class PathId {
  private PathId() {}

  /// The parameter `id`.
  ///
  /// @param what it is of, such as `profile 17`
  /// @throws Problem 404 for what is no id
  public static long of(Request request, String what) {
    return of(request, "id", what);
  }

  static long of(Request request, String name, String what) {
    String text = request.path(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.notFound(what);
    }
    return Long.parseLong(text);
  }
}
