package io.tamas.hook;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.TestServer;
import io.tamas.event.EventType.Known;
import io.tamas.hook.HookReceiver.Reply;
import io.tamas.hook.HookReceiver.Request;
import io.tamas.ops.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierFaultIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /// What was accepted without being stored is sent again; nothing is lost, and the order stays.
  @Test
  void killedInTheMiddleSendsAllInOrder(@TempDir Path folder) throws Exception {
    try (TestServer postgres = TestServer.start(folder);
        HookReceiver receiver = new HookReceiver()) {
      Config.Database config = postgres.fresh("hooks");
      Random random = new Random(5);
      Map<String, List<Long>> expected = new TreeMap<>();
      try (HookNode node =
          new HookNode(config, HookNode.QUICK, Duration.ofSeconds(5), receiver.port())) {
        node.create("crm", receiver.url(), "call.answered", "call.ended");
        receiver.does(_ -> Reply.status(500));
        for (int i = 0; i < 400; i++) {
          String call = "call:" + random.nextInt(40);
          expected
              .computeIfAbsent(call, _ -> new ArrayList<>())
              .add(node.append(Known.CALL_ANSWERED, call));
        }
      }
      receiver.does(_ -> Reply.status(200));
      for (int kill = 1; kill <= 3; kill++) {
        Process process = start(config, receiver.port());
        int goal = 100 * kill;
        eventually("some are sent", SOON, () -> ids(receiver).size() >= goal);
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      }
      Process last = start(config, receiver.port());
      eventually("all are sent", SOON, () -> ids(receiver).size() == 400);
      last.destroyForcibly();

      Map<String, List<Long>> first = new TreeMap<>();
      Set<Long> seen = new HashSet<>();
      for (Request request : receiver.accepted) {
        if (seen.add(request.id())) {
          first.computeIfAbsent(request.subject(), _ -> new ArrayList<>()).add(request.id());
        }
      }
      assertEquals(expected, first);
    }
  }

  private static Set<Long> ids(HookReceiver receiver) {
    return Set.copyOf(receiver.acceptedIds());
  }

  private static Process start(Config.Database config, int port) throws IOException {
    List<String> line =
        JavaCommand.ofThisProcess(HookNode.class.getName(), List.of())
            .uncached()
            .line(
                List.of(
                    config.url(),
                    config.user(),
                    config.password().reveal(),
                    Integer.toString(port)));
    return new ProcessBuilder(line).inheritIO().start();
  }

  @Test
  void postgresqlThatIsAwayIsWaitedForAndNothingIsLost(@TempDir Path folder) throws Exception {
    try (TestServer postgres = TestServer.start(folder);
        HookReceiver receiver = new HookReceiver()) {
      Config.Database config = postgres.fresh("hooks");
      try (HookNode node =
          new HookNode(config, HookNode.QUICK, Duration.ofSeconds(5), receiver.port())) {
        node.create("crm", receiver.url(), "call.ended");
        receiver.does(_ -> Reply.status(500));
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          expected.add(node.append(Known.CALL_ENDED, "call:" + i % 5));
        }
        eventually("they are tried", SOON, () -> receiver.requests.size() > 10);
        postgres.stop();
        receiver.does(_ -> Reply.status(200));
        Thread.sleep(Duration.ofSeconds(2));
        postgres.start();
        eventually("all are sent", SOON, () -> ids(receiver).equals(Set.copyOf(expected)));
      }
    }
  }
}
