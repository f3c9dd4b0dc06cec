package io.tamas.crm;

import io.tamas.crm.Profiles.Change;
import io.tamas.number.PhoneNumber;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Profiles by REST.
public final class ProfileRoutes implements Api {

  private final Profiles profiles;

  public ProfileRoutes(Profiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public void mount(Operations on) {
    on.on("listProfiles", this::list)
        .on("createProfile", this::create)
        .on("getProfile", this::get)
        .on("updateProfile", this::update)
        .on("deleteProfile", this::delete);
  }

  private record Listed(List<Profile> items, Optional<String> next) {}

  private Response list(Request request) {
    Profiles.Page page =
        profiles.list(
            new ProfileSearch(
                request.query("q").filter(text -> !text.isBlank()),
                request.query("number").map(ProfileRoutes::number),
                request.query("category"),
                request.query("cursor").map(ProfileCursor::parse),
                request.limit()));
    return Response.ok(new Listed(page.items(), page.next().map(ProfileCursor::text)));
  }

  private Response create(Request request) {
    Profile created = profiles.create(request.body(ProfileDraft.class).content());
    Map<String, String> headers =
        Map.of("location", "/api/v1/profiles/" + created.id(), "etag", ETag.of(created.version()));
    return new Response.Body(201, headers, created);
  }

  private Response get(Request request) {
    return profiles.find(id(request)).map(ProfileRoutes::found).orElseThrow(() -> absent(request));
  }

  private Response update(Request request) {
    Profile.Content content = request.body(ProfileDraft.class).content();
    return found(done(request, profiles.update(id(request), ETag.expected(request), content)));
  }

  private Response delete(Request request) {
    done(request, profiles.delete(id(request), ETag.expected(request)));
    return Response.noContent();
  }

  private static Profile done(Request request, Change change) {
    return switch (change) {
      case Change.Done(Profile profile) -> profile;
      case Change.Absent() -> throw absent(request);
      case Change.Stale(long version) ->
          throw Problem.preconditionFailed("the profile has version " + version + " now");
    };
  }

  private static Response found(Profile profile) {
    return new Response.Body(200, Map.of("etag", ETag.of(profile.version())), profile);
  }

  private static long id(Request request) {
    String text = request.path("id");
    if (!text.matches("[0-9]{1,18}")) {
      throw absent(request);
    }
    return Long.parseLong(text);
  }

  private static Problem absent(Request request) {
    return Problem.notFound("profile " + request.path("id"));
  }

  private static PhoneNumber number(String text) {
    return NumberText.parse(text).orElseThrow(() -> wrong("number", NumberText.RULE));
  }

  private static Problem wrong(String parameter, String detail) {
    return new Problem(
        400, "Bad request", "see faults", List.of(new Fault("query:" + parameter, detail)));
  }
}
