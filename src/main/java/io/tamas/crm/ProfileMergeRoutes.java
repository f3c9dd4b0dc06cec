package io.tamas.crm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Merging of profiles by REST.
public final class ProfileMergeRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(ProfileMergeRoutes.class);

  private final ProfileMerges merges;
  private final Counter merged;

  public ProfileMergeRoutes(ProfileMerges merges, MeterRegistry registry) {
    this.merges = merges;
    this.merged = registry.counter("tamas.profiles.merged");
  }

  @Override
  public void mount(Operations on) {
    on.on("mergeProfiles", this::merge);
  }

  private record Draft(
      long profile,
      Optional<Long> version,
      Optional<List<MergeChoice.Part>> take,
      Optional<List<String>> takeFields,
      Optional<List<Long>> takeValues,
      Optional<Boolean> dryRun) {

    MergeChoice choice() {
      return new MergeChoice(
          Set.copyOf(take.orElse(List.of())),
          Set.copyOf(takeFields.orElse(List.of())),
          Set.copyOf(takeValues.orElse(List.of())));
    }
  }

  private Response merge(Request request) {
    String what = "profile " + request.path("id");
    Draft draft = request.body(Draft.class);
    boolean dryRun = draft.dryRun().orElse(false);
    ProfileMerges.Merged result =
        merges
            .merge(
                new ProfileMerges.Order(
                    PathId.of(request, what),
                    ETag.expected(request),
                    draft.profile(),
                    draft.version(),
                    draft.choice(),
                    dryRun))
            .orRefuse(what);
    if (!dryRun) {
      merged.increment();
      log.atInfo()
          .addKeyValue("by", request.principal())
          .addKeyValue("profile", draft.profile())
          .addKeyValue("into", result.profile().id())
          .log("profiles merged");
    }
    return new Response.Body(200, Map.of("etag", ETag.of(result.profile().version())), result);
  }
}
