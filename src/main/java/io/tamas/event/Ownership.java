package io.tamas.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.web.Principal.Reach;
import java.util.List;

/// What of the stream a client receives who sees some extensions only. Does not wait.
public interface Ownership {

  /// Nobody of them receives anything.
  Ownership NONE =
      new Ownership() {
        @Override
        public Audience of(JsonNode event) {
          return _ -> false;
        }

        @Override
        public Object calls(Reach.Extensions reach) {
          return List.of();
        }
      };

  /// To whom an event belongs.
  @FunctionalInterface
  interface Audience {
    boolean includes(Reach.Extensions reach);
  }

  /// @param event as it is sent
  Audience of(JsonNode event);

  /// The calls in progress that are of these extensions.
  Object calls(Reach.Extensions reach);
}
