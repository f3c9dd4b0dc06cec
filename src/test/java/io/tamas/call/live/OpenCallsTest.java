package io.tamas.call.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.fold.Story;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCallsTest {
  /// The ids of two calls, the older first.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "main-1796043888.9 main-1796043889.3",
        "main-1796043888.9 main-1796043888.10",
        "main-1796043888.9 main-click-101-1796043889.123456789012345",
        "main-click-101-1796043888.123456789012345 main-1796043889.1",
        "main-click-101-1796043888.123456789012345 main-1796043888.1",
        "main-1796043888.9 main-click-101-5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11"
      })
  void callsThatAreOneAreFoundWithTheOlderFirst(String ids) {
    List<String> calls = Arrays.asList(ids.split(" "));
    for (List<String> order : List.of(calls, calls.reversed())) {
      var open = new OpenCalls();
      order.forEach(id -> Story.of(id).from("101", "101", "Zahra").rows().forEach(open::of));
      JournalEvent row =
          Story.of(order.getFirst())
              .row("PICKUP", "PJSIP/102-1", "x", "", "", picker(order.getLast()))
              .rows()
              .getLast();
      assertEquals(calls, open.callsJoinedBy(row));
    }
  }

  private static String picker(String uniqueId) {
    return "{\"pickup_channel\":\"PJSIP/101-1\",\"pickup_channel_uniqueid\":\"" + uniqueId + "\"}";
  }
}
