package io.tamas.hook;

import io.tamas.event.Event;
import java.util.List;

/// An event that is to be sent to a webhook.
record NewDelivery(Hook hook, Event event, String chain) {

  /// What the webhooks want of some events, in the order of ids.
  static List<NewDelivery> of(List<Event> events, List<Hook> hooks) {
    return events.stream()
        .flatMap(event ->
            hooks.stream()
                .filter(hook -> hook.readTo() < event.id())
                .filter(hook -> hook.events().contains(event.type().text()))
                .map(hook -> new NewDelivery(hook, event, OrderKey.of(event))))
        .toList();
  }
}
