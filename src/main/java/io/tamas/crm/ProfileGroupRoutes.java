package io.tamas.crm;

import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The groups of the phone book by REST.
public final class ProfileGroupRoutes implements Api {
  private final ProfileGroups groups;

  public ProfileGroupRoutes(ProfileGroups groups) {
    this.groups = groups;
  }

  @Override
  public void mount(Operations on) {
    on.on("listProfileGroups", _ -> Response.ok(new Listed(groups.list())))
        .on("createProfileGroup", this::create)
        .on("getProfileGroup", this::get)
        .on("updateProfileGroup", this::update)
        .on("deleteProfileGroup", this::delete);
  }

  private record Listed(List<ProfileGroup> items) {}

  private record Draft(String name) {
    /// @throws Problem 422 if it shows nothing
    String visible() {
      List<Fault> faults = new ArrayList<>();
      DraftText.seen("/name", name, faults);
      if (!faults.isEmpty()) {
        throw Problem.invalid(faults);
      }
      return name.strip();
    }
  }

  private Response create(Request request) {
    String name = request.body(Draft.class).visible();
    ProfileGroup created = groups.create(name).orRefuse("the group");
    Map<String, String> headers =
        Map.of(
            "location",
            "/api/v1/profile-groups/" + created.id(),
            "etag",
            ETag.of(created.version()));
    return new Response.Body(201, headers, created);
  }

  private Response get(Request request) {
    return groups
        .find(id(request))
        .map(ProfileGroupRoutes::found)
        .orElseThrow(() -> Problem.notFound(what(request)));
  }

  private Response update(Request request) {
    String name = request.body(Draft.class).visible();
    return found(groups.rename(id(request), ETag.expected(request), name).orRefuse(what(request)));
  }

  private Response delete(Request request) {
    groups.delete(id(request), ETag.expected(request)).orRefuse(what(request));
    return Response.noContent();
  }

  private static Response found(ProfileGroup group) {
    return new Response.Body(200, Map.of("etag", ETag.of(group.version())), group);
  }

  private static long id(Request request) {
    return PathId.of(request, what(request));
  }

  private static String what(Request request) {
    return "profile group " + request.path("id");
  }
}
