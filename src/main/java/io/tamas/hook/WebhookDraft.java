package io.tamas.hook;

import io.tamas.event.EventType;
import io.tamas.outbound.Guard;
import io.tamas.outbound.Target;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A webhook as an administrator wants it.
///
/// @param enabled absent: yes
public record WebhookDraft(String url, List<String> events, Optional<Boolean> enabled) {
  public WebhookDraft {
    events = List.copyOf(events);
  }

  boolean isEnabled() {
    return enabled.orElse(true);
  }

  /// @throws Problem 422 with all that is wrong
  void check(Guard guard) {
    List<Fault> faults = new ArrayList<>();
    try {
      guard
          .refusal(Target.parse(url))
          .ifPresent(why -> faults.add(new Fault("/url", "may not be reached: " + why)));
    } catch (IllegalArgumentException e) {
      faults.add(new Fault("/url", String.valueOf(e.getMessage())));
    }
    for (int i = 0; i < events.size(); i++) {
      if (EventType.of(events.get(i)) instanceof EventType.Unknown) {
        faults.add(new Fault("/events/" + i, "must be a type of event, such as call.ended"));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
  }
}
