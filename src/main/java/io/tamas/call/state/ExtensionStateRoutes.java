package io.tamas.call.state;

import io.tamas.web.Api;
import io.tamas.web.Response;
import java.util.List;

/// The live states of the extensions by REST.
public final class ExtensionStateRoutes implements Api {
  private final ExtensionStates states;

  public ExtensionStateRoutes(ExtensionStates states) {
    this.states = states;
  }

  private record Listed(List<ExtensionState> items) {}

  @Override
  public void mount(Operations on) {
    on.on("listExtensionStates", request -> Response.ok(new Listed(states.list())));
  }
}
