package io.tamas.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.web.Principal.Owner;
import java.util.List;

/// What of the stream a client receives whose key belongs to an extension. Does not wait.
public interface Ownership {

  /// Nobody with such a key receives anything.
  Ownership NONE =
      new Ownership() {
        @Override
        public Audience of(JsonNode event) {
          return _ -> false;
        }

        @Override
        public Object calls(Owner owner) {
          return List.of();
        }
      };

  /// To whom an event belongs.
  @FunctionalInterface
  interface Audience {
    boolean includes(Owner owner);
  }

  /// @param event as it is sent
  Audience of(JsonNode event);

  /// The calls in progress that are the owner's.
  Object calls(Owner owner);
}
