package io.tamas.company;

import io.tamas.company.Company.Part;
import io.tamas.company.CompanyOutcome.Done;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Request;
import io.tamas.web.Response;

/// The named parts of the company by REST: `listTrunks`, `getTrunk`, `putTrunk`, `deleteTrunk`, and
/// so for each kind but extensions and settings.
///
/// Lists are read from memory, also while PostgreSQL is unavailable.
public final class PartRoutes implements Api {
  private final Companies companies;
  private final CompanySnapshot snapshot;

  public PartRoutes(Companies companies, CompanySnapshot snapshot) {
    this.companies = companies;
    this.snapshot = snapshot;
  }

  @Override
  public void mount(Operations on) {
    for (PartKind kind : PartKind.values()) {
      if (kind != PartKind.EXTENSION && !kind.isSingle()) {
        String name = kind.type().getSimpleName();
        PartAnswers answers = new PartAnswers(kind);
        on.on("list" + name + "s", request -> list(request, kind, answers))
            .on("get" + name, request -> get(request, kind, answers))
            .on("put" + name, explained(request -> put(request, answers), answers))
            .on("delete" + name, request -> delete(request, kind, answers));
      }
    }
  }

  private Handler explained(Handler handler, PartAnswers answers) {
    return handler.explaining(body -> answers.explained(body, snapshot.company()));
  }

  private Response list(Request request, PartKind kind, PartAnswers answers) {
    return answers.page(request, snapshot.company().parts(kind).stream());
  }

  private Response get(Request request, PartKind kind, PartAnswers answers) {
    String name = request.path("name");
    return companies.find(kind, name).map(answers::stored).orElseThrow(() -> answers.absent(name));
  }

  private Response put(Request request, PartAnswers answers) {
    Part part = answers.body(request, snapshot.company());
    CompanyOutcome outcome =
        PartAnswers.mustExist(request)
            ? companies.updateExisting(part)
            : companies.put(part, ETag.expected(request));
    Done done = answers.done(outcome, part.key());
    return done.created()
        ? answers.created(done.stored(), done.stored().part())
        : answers.stored(done.stored());
  }

  private Response delete(Request request, PartKind kind, PartAnswers answers) {
    String name = request.path("name");
    answers.done(companies.delete(kind, name, ETag.expected(request)), name);
    return Response.noContent();
  }
}
