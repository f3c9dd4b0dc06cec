package io.tamas.call.state;

import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;

/// The live states of the trunks by REST.
public final class TrunkStateRoutes implements Api {
  private final TrunkStates states;

  public TrunkStateRoutes(TrunkStates states) {
    this.states = states;
  }

  private record Listed(List<TrunkStates.Shown> items) {}

  @Override
  public void mount(Operations on) {
    on.on("listTrunkStates", _ -> Response.ok(new Listed(states.list())))
        .on("getTrunkState", this::get);
  }

  private Response get(Request request) {
    String name = request.path("name");
    return Response.ok(states.find(name).orElseThrow(() -> Problem.notFound("trunk " + name)));
  }
}
