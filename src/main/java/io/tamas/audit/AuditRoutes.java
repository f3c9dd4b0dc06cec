package io.tamas.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.db.Database;
import io.tamas.json.Json;
import io.tamas.web.Api;
import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The log of changes by REST, for administrators.
public final class AuditRoutes implements Api {
  private static final String LIST = "audit";

  private final AuditLog audit;

  private record Shown(
      long id,
      Instant at,
      String actor,
      Optional<String> address,
      Optional<Long> session,
      String operation,
      String kind,
      String subject,
      String action,
      Optional<JsonNode> before,
      Optional<JsonNode> after) {
    static Shown of(Entry entry) {
      return new Shown(
          entry.id(),
          entry.at(),
          entry.actor(),
          entry.address(),
          entry.session(),
          entry.operation(),
          entry.kind(),
          entry.subject(),
          entry.action(),
          entry.before().map(Shown::json),
          entry.after().map(Shown::json));
    }

    private static JsonNode json(String text) {
      return Json.read(text, JsonNode.class);
    }
  }

  private record Listed(List<Shown> items, Optional<String> next) {}

  public AuditRoutes(Database database) {
    this.audit = new AuditLog(database);
  }

  @Override
  public void mount(Operations on) {
    on.on("listAudit", this::list);
  }

  private Response list(Request request) {
    AuditLog.Filter filter =
        new AuditLog.Filter(
            request.query("actor"),
            request.query("kind"),
            request.query("subject"),
            request.query("action"),
            time(request, "from"),
            time(request, "to"));
    Optional<AuditLog.Place> after =
        request
            .query("cursor")
            .map(text -> {
              Cursor cursor = Cursor.parse(LIST, 2, text);
              return new AuditLog.Place(
                  cursor.field(0, Request::time), cursor.field(1, Long::valueOf));
            });
    int limit = request.limit();
    List<Entry> found = audit.list(filter, after, limit + 1);
    List<Entry> items = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit
            ? Optional.of(Cursor.of(LIST, items.getLast().at(), items.getLast().id()).text())
            : Optional.empty();
    return Response.ok(new Listed(items.stream().map(Shown::of).toList(), next));
  }

  private static Optional<Instant> time(Request request, String name) {
    try {
      return request.query(name).map(Request::time);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw Problem.bad(
          "Bad parameters", "query:" + name, "must be a time, such as 2026-11-21T10:00:00Z");
    }
  }
}
