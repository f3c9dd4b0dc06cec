package io.tamas.web;

import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// API keys by REST: create, list and delete. A key is returned only once, when it is created.
public final class KeyRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(KeyRoutes.class);

  private final ApiKeys keys;

  public KeyRoutes(ApiKeys keys) {
    this.keys = keys;
  }

  private record Draft(String name, Set<Scope> scopes, Optional<ExtensionNumber> extension) {}

  private record Created(String name, String key) {}

  private record All(List<ApiKeys.ApiKey> items) {}

  @Override
  public void mount(Operations on) {
    on.on("listKeys", _ -> Response.ok(new All(keys.list())))
        .on("createKey", this::create)
        .on("deleteKey", this::delete);
  }

  private Response create(Request request) {
    Draft draft = request.body(Draft.class);
    Secret key = keys.create(draft.name(), draft.scopes(), draft.extension());
    audit(request, draft.name(), "API key created");
    return new Response.Body(201, Map.of(), new Created(draft.name(), key.reveal()));
  }

  /// So that no client locks itself out.
  private Response delete(Request request) {
    String name = request.path("name");
    if (name.equals(request.principal())) {
      throw Problem.conflict("a key cannot delete itself");
    }
    if (!keys.delete(name)) {
      throw Problem.notFound("key " + name);
    }
    audit(request, name, "API key deleted");
    return Response.noContent();
  }

  private static void audit(Request request, String key, String what) {
    log.atInfo().addKeyValue("by", request.principal()).addKeyValue("key", key).log(what);
  }
}
