package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Settings;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Request;
import io.tamas.web.Response;

/// What holds for the whole company, by REST.
public final class SettingsRoutes implements Api {
  private static final PartAnswers ANSWERS = new PartAnswers(PartKind.SETTINGS);

  private final Companies companies;
  private final CompanySnapshot snapshot;

  public SettingsRoutes(Companies companies, CompanySnapshot snapshot) {
    this.companies = companies;
    this.snapshot = snapshot;
  }

  @Override
  public void mount(Operations on) {
    Handler put = this::put;
    on.on("getSettings", _ -> get())
        .on("putSettings", put.explaining(body -> ANSWERS.explained(body, snapshot.company())));
  }

  private Response get() {
    return companies
        .find(PartKind.SETTINGS, Settings.KEY)
        .map(ANSWERS::stored)
        .orElseGet(() -> Response.ok(Settings.DEFAULT));
  }

  private Response put(Request request) {
    Part settings = ANSWERS.body(request.body(JsonNode.class), snapshot.company());
    return ANSWERS.stored(
        ANSWERS.done(companies.put(settings, ETag.expected(request)), Settings.KEY).stored());
  }
}
