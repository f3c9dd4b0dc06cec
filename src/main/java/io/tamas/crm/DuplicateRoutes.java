package io.tamas.crm;

import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Optional;

/// Profiles that may be of the same person or organisation, by REST.
public final class DuplicateRoutes implements Api {
  private final Duplicates duplicates;

  public DuplicateRoutes(Duplicates duplicates) {
    this.duplicates = duplicates;
  }

  @Override
  public void mount(Operations on) {
    on.on("listDuplicateProfiles", this::list)
        .on("setProfilesNotSame", this::keepApart)
        .on("clearProfilesNotSame", this::forget);
  }

  private record Listed(List<DuplicateGroup> items, Optional<String> next) {}

  private Response list(Request request) {
    Duplicates.Page page =
        duplicates.list(request.query("cursor").map(DuplicateCursor::parse), request.limit());
    return Response.ok(new Listed(page.groups(), page.next().map(DuplicateCursor::text)));
  }

  private Response keepApart(Request request) {
    duplicates.keepApart(id(request), other(request)).orRefuse(what(request));
    return Response.noContent();
  }

  private Response forget(Request request) {
    duplicates.forget(id(request), other(request));
    return Response.noContent();
  }

  private static long id(Request request) {
    return PathId.of(request, what(request));
  }

  /// @throws Problem 400 if it is the same
  private static long other(Request request) {
    long other = PathId.of(request, "other", what(request));
    if (other == id(request)) {
      throw Problem.bad("Bad parameters", "path:other", "must be another profile");
    }
    return other;
  }

  private static String what(Request request) {
    return "profile " + request.path("id") + " or " + request.path("other");
  }
}
