package io.tamas.crm;

import io.tamas.crm.Profile.Kind;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Profiles by REST.
public final class ProfileRoutes implements Api {

  private final Profiles profiles;
  private final Supplier<WrittenNumbers> numbers;

  /// @param numbers by the plans of the company
  public ProfileRoutes(Profiles profiles, Supplier<WrittenNumbers> numbers) {
    this.profiles = profiles;
    this.numbers = numbers;
  }

  @Override
  public void mount(Operations on) {
    on.on("listProfiles", this::list)
        .on("createProfile", this::create)
        .on("getProfile", this::get)
        .on("updateProfile", this::update)
        .on("deleteProfile", this::delete)
        .on("addProfileNumber", this::addNumber);
  }

  private record Listed(List<Profile> items, Optional<String> next) {}

  private Response list(Request request) {
    ProfileFilter filter =
        new ProfileFilter(
            request.query("category"),
            request.query("kind").map(Kind::ofWord),
            request.query("group").map(Long::valueOf),
            request.query("organisation").map(Long::valueOf).map(profiles::living));
    return request
        .query("search")
        .map(text -> search(request, text, filter))
        .orElseGet(() -> page(request, filter));
  }

  private Response search(Request request, String text, ProfileFilter filter) {
    for (String other : List.of("q", "number", "cursor")) {
      if (request.query(other).isPresent()) {
        throw wrong("search", "cannot be combined with " + other);
      }
    }
    SearchTerm term =
        SearchTerm.of(text, numbers.get()).orElseThrow(() -> wrong("search", SearchTerm.RULE));
    List<Profile> found = profiles.lists().search(new TermSearch(term, filter, request.limit()));
    return Response.ok(new Listed(found, Optional.empty()));
  }

  private Response page(Request request, ProfileFilter filter) {
    Optional<String> text = request.query("q").filter(given -> !given.isBlank());
    ProfileLists.Page page =
        profiles
            .lists()
            .list(
                new ProfileSearch(
                    text,
                    text.map(numbers.get()::parts).orElse(List.of()),
                    request.query("number").map(this::number),
                    filter,
                    request.query("cursor").map(ProfileCursor::parse),
                    request.limit()));
    return Response.ok(new Listed(page.items(), page.next().map(ProfileCursor::text)));
  }

  private Response create(Request request) {
    Profile created = profiles.create(request.body(ProfileDraft.class).content(numbers.get()));
    return CallerProfiles.created(created);
  }

  private Response get(Request request) {
    return profiles.find(id(request)).map(ProfileRoutes::found).orElseThrow(() -> absent(request));
  }

  private Response update(Request request) {
    Profile.Content content = request.body(ProfileDraft.class).content(numbers.get());
    return found(
        profiles.update(id(request), ETag.expected(request), content).orRefuse(what(request)));
  }

  private Response addNumber(Request request) {
    List<Fault> faults = new ArrayList<>();
    Optional<Profile.Number> number =
        request.body(NumberDraft.class).valid("", numbers.get(), faults);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return found(
        profiles
            .add(profiles.living(id(request)), ETag.expected(request), number.orElseThrow())
            .orRefuse(what(request)));
  }

  private Response delete(Request request) {
    profiles.delete(id(request), ETag.expected(request)).orRefuse(what(request));
    return Response.noContent();
  }

  private static Response found(Profile profile) {
    return new Response.Body(200, Map.of("etag", ETag.of(profile.version())), profile);
  }

  private static long id(Request request) {
    return PathId.of(request, what(request));
  }

  private static String what(Request request) {
    return "profile " + request.path("id");
  }

  private static Problem absent(Request request) {
    return Problem.notFound(what(request));
  }

  private PhoneNumber number(String text) {
    return switch (numbers.get().readParameter(text)) {
      case Read.Number(PhoneNumber number) -> number;
      case Read.Short _ -> throw wrong("number", WrittenNumbers.RULE);
      case Read.Wrong(String rule) -> throw wrong("number", rule);
    };
  }

  private static Problem wrong(String parameter, String rule) {
    return Problem.bad("Bad parameters", "query:" + parameter, rule);
  }
}
