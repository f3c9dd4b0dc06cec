package io.tamas.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.json.Json;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Timelines of profiles, and of numbers that may be nobody's, by REST.
public final class TimelineRoutes implements Api {
  private final Profiles profiles;
  private final Supplier<WrittenNumbers> numbers;
  private final MergedIds merged;
  private final Timeline timeline;

  /// @param numbers by the plans of the company
  /// @param sources one of a kind
  public TimelineRoutes(
      Profiles profiles,
      MergedIds merged,
      Supplier<WrittenNumbers> numbers,
      List<TimelineSource> sources) {
    this.profiles = profiles;
    this.merged = merged;
    this.numbers = numbers;
    this.timeline = new Timeline(sources);
  }

  @Override
  public void mount(Operations on) {
    on.on("getProfileTimeline", this::ofProfile).on("getNumberTimeline", this::ofNumber);
  }

  private record Listed(List<ObjectNode> items, Optional<String> next) {}

  private Response ofProfile(Request request) {
    String what = "profile " + request.path("id");
    Profile profile =
        profiles.find(PathId.of(request, what)).orElseThrow(() -> Problem.notFound(what));
    List<String> lines =
        profile.numbers().stream().map(one -> one.number().line().e164()).distinct().toList();
    return page(request, new TimelineSubject(merged.all(profile.id()), lines));
  }

  private Response ofNumber(Request request) {
    String number =
        switch (numbers.get().read(request.path("number"))) {
          case Read.Number(PhoneNumber read) -> read.line().e164();
          case Read.Short(String digits) -> digits;
          case Read.Wrong(String rule) -> throw Problem.bad("Bad parameters", "path:number", rule);
        };
    return page(request, new TimelineSubject(List.of(), List.of(number)));
  }

  private Response page(Request request, TimelineSubject subject) {
    Timeline.Page page =
        timeline.page(
            subject,
            request,
            request.query("kind").map(TimelineItem.Kind::valueOf),
            request.query("cursor").map(TimelineCursor::parse),
            request.limit());
    return Response.ok(
        new Listed(
            page.items().stream().map(TimelineRoutes::shown).toList(),
            page.next().map(TimelineCursor::text)));
  }

  /// What it is, is also the name of the field that has it.
  private static ObjectNode shown(TimelineItem item) {
    ObjectNode shown = Json.mapper().createObjectNode();
    shown.put("at", item.at().toString());
    shown.put("kind", item.kind().name());
    shown.set(item.kind().name().toLowerCase(Locale.ROOT), Json.tree(item.data()));
    return shown;
  }
}
