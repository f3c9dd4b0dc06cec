package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientWaitsTest {
  private final List<String> ended = new ArrayList<>();
  private final ClientWaits waits = new ClientWaits(3);

  @Test
  void oldestOfTheKeyThatHasMostGivesWay() {
    enter("honest", "first");
    enter("greedy", "second");
    Runnable leave = enter("greedy", "third");
    enter("greedy", "fourth");
    assertEquals(List.of("second"), ended);
    leave.run();
    enter("other", "fifth");
    assertEquals(List.of("second"), ended);
    enter("other", "sixth");
    assertEquals(List.of("second", "fifth"), ended);
    assertEquals(3, waits.size());
  }

  private Runnable enter(String key, String request) {
    return waits.enter(key, () -> ended.add(request));
  }
}
