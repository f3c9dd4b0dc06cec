package io.tamas.company;

import io.tamas.config.Secret;
import io.tamas.number.SipValue;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;

/// The passwords with which trunks register, by REST: they are set and never returned.
public final class TrunkPasswordRoutes implements Api {
  private static final PartAnswers ANSWERS = new PartAnswers(PartKind.TRUNK);

  private final Companies companies;

  public TrunkPasswordRoutes(Companies companies) {
    this.companies = companies;
  }

  @Override
  public void mount(Operations on) {
    on.on("setTrunkPassword", this::set);
  }

  private record Body(String password) {}

  private Response set(Request request) {
    String name = request.path("name");
    String password = request.body(Body.class).password();
    if (!SipValue.TRUNK_PASSWORD.accepts(password)) {
      throw Problem.invalid(
          List.of(new Problem.Fault("/password", "must be " + SipValue.TRUNK_PASSWORD.rule())));
    }
    ANSWERS.done(companies.setTrunkPassword(name, new Secret(password)), name);
    return Response.noContent();
  }
}
