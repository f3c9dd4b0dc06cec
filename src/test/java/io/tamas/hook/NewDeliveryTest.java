package io.tamas.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.event.Event;
import io.tamas.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewDeliveryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call:tamas-1.1|{\"call\":\"tamas-2.2\"}|call:tamas-1.1",
        "recording:7|{\"id\":\"7\",\"call\":\"tamas-1.1\"}|call:tamas-1.1",
        "recording:7|{\"id\":\"7\"}|recording:7",
        "profile:5|{\"call\":{\"id\":1}}|profile:5",
        "extension:101|[]|extension:101"
      })
  void whatBelongsToOneCallIsInOneChain(String subject, String data, String chain) {
    assertEquals(chain, OrderKey.of(event(1, "a.b", subject, data)));
  }

  @Test
  void eachWebhookGetsWhatItWantsAndHasNotRead() {
    Hook all = hook(1, 0, "call.answered", "call.ended");
    Hook ends = hook(2, 2, "call.ended");
    List<Event> events =
        List.of(
            event(1, "call.answered", "call:a", "{}"),
            event(2, "call.ended", "call:a", "{}"),
            event(3, "call.ended", "call:b", "{}"),
            event(4, "trunk.state", "trunk:c", "{}"));
    assertEquals(
        List.of("1 1 call:a", "1 2 call:a", "1 3 call:b", "2 3 call:b"),
        NewDelivery.of(events, List.of(all, ends)).stream()
            .map(one -> one.hook().id() + " " + one.event().id() + " " + one.chain())
            .sorted()
            .toList());
  }

  private static Hook hook(long id, long readTo, String... events) {
    return new Hook(id, "hook", "https://crm.example.com/", Set.of(events), List.of(), readTo);
  }

  private static Event event(long id, String type, String subject, String data) {
    return new Event(id, EventType.of(type), subject, Instant.EPOCH, data);
  }
}
