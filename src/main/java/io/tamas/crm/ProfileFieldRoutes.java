package io.tamas.crm;

import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Map;

/// The fields of the phone book by REST.
public final class ProfileFieldRoutes implements Api {
  private final ProfileFields fields;

  public ProfileFieldRoutes(ProfileFields fields) {
    this.fields = fields;
  }

  @Override
  public void mount(Operations on) {
    on.on("listProfileFields", _ -> Response.ok(new Listed(fields.list())))
        .on("createProfileField", this::create)
        .on("getProfileField", this::get)
        .on("updateProfileField", this::update)
        .on("deleteProfileField", this::delete);
  }

  private record Listed(List<ProfileField> items) {}

  private Response create(Request request) {
    ProfileField.Content content = request.body(ProfileFieldDraft.class).content();
    ProfileField created = fields.create(content).orRefuse("the field");
    Map<String, String> headers =
        Map.of(
            "location",
            "/api/v1/profile-fields/" + created.id(),
            "etag",
            ETag.of(created.version()));
    return new Response.Body(201, headers, created);
  }

  private Response get(Request request) {
    return fields
        .find(id(request))
        .map(ProfileFieldRoutes::found)
        .orElseThrow(() -> Problem.notFound(what(request)));
  }

  private Response update(Request request) {
    ProfileField.Content content = request.body(ProfileFieldDraft.class).content();
    return found(
        fields.update(id(request), ETag.expected(request), content).orRefuse(what(request)));
  }

  private Response delete(Request request) {
    fields.delete(id(request), ETag.expected(request)).orRefuse(what(request));
    return Response.noContent();
  }

  private static Response found(ProfileField field) {
    return new Response.Body(200, Map.of("etag", ETag.of(field.version())), field);
  }

  private static long id(Request request) {
    return PathId.of(request, what(request));
  }

  private static String what(Request request) {
    return "profile field " + request.path("id");
  }
}
