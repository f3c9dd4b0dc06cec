package io.tamas.undo;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.tamas.db.Database;
import io.tamas.web.Act;
import io.tamas.web.Api;
import io.tamas.web.Contract;
import io.tamas.web.Principal;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings back what was deleted, for who has deleted it and still might.
public final class UndoRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(UndoRoutes.class);

  private final Database database;
  private final Contract contract;
  private final Map<String, Undoable> kinds;

  private record Answered(String kind, String subject, Optional<String> password) {}

  private record Outcome(Trash.Entry entry, Undone.Restored restored) {}

  /// @param contract whose operations say who may delete
  public UndoRoutes(Database database, Contract contract, List<Undoable> kinds) {
    this.database = database;
    this.contract = contract;
    this.kinds = kinds.stream().collect(toUnmodifiableMap(Undoable::kind, identity()));
  }

  @Override
  public void mount(Operations on) {
    on.on("undo", this::undo);
  }

  private Response undo(Request request) {
    String id = request.path("id");
    Outcome outcome =
        database.inTransaction(tx -> {
          Trash.Entry entry =
              Trash.take(tx, id)
                  .orElseThrow(
                      () -> Problem.notFound("the undo was done, or its 10 minutes are over: it"));
          requireRight(entry);
          Undoable kind = kinds.get(entry.kind());
          if (kind == null) {
            throw new IllegalStateException("nobody brings back a " + entry.kind());
          }
          return switch (kind.restore(tx, entry)) {
            case Undone.Restored restored -> {
              Trash.close(tx, entry);
              yield new Outcome(entry, restored);
            }
            case Undone.Changed(String what) -> throw Problem.conflict("changed since: " + what);
          };
        });
    outcome.restored().committed().run();
    Trash.Entry entry = outcome.entry();
    log.atInfo()
        .addKeyValue("by", request.principal())
        .addKeyValue("subject", entry.subject())
        .log("brought back");
    return Response.ok(new Answered(entry.kind(), entry.subject(), outcome.restored().password()));
  }

  private void requireRight(Trash.Entry entry) {
    Act act = Act.current();
    if (!act.actor().equals(entry.actor())) {
      throw Problem.forbidden("only who has deleted it may bring it back");
    }
    Principal principal = act.principal().orElseThrow();
    contract
        .refusal(entry.operation(), principal)
        .ifPresent(why -> {
          throw Problem.forbidden(why);
        });
  }
}
