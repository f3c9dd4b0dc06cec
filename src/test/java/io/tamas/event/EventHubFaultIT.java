package io.tamas.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.DatabaseFault;
import io.tamas.db.TestServer;
import io.tamas.lab.SlowProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventHubFaultIT {

  @Test
  void clientsStayThroughARestartOfPostgresqlAndMissNothing(@TempDir Path folder) throws Exception {
    try (TestServer postgres = TestServer.start(folder)) {
      Config.Database config = postgres.fresh("events");
      try (EventNode node = new EventNode(config, EventHub.Limits.DEFAULT);
          EventStream live = node.open("");
          EventStream resumed = node.open("?after=0")) {
        live.next();
        List<String> expected = new ArrayList<>(append(node, "before", 5));

        postgres.stop();
        assertEquals(expected, live.subjects(5));
        try (EventStream fromMemory = node.open("?after=1")) {
          assertEquals(expected.subList(1, 5), fromMemory.subjects(4));
        }
        postgres.start();
        List<String> after = append(node, "after", 5);

        assertEquals(after, live.subjects(5));
        expected.addAll(after);
        assertEquals(expected, resumed.subjects(10));
        assertTrue(live.isOpen());
      }
    }
  }

  /// What other nodes commit while this one cannot see PostgreSQL.
  @Test
  void whatOthersCommitDuringAnOutageComesAfterIt(@TempDir Path folder) throws Exception {
    try (TestServer postgres = TestServer.start(folder);
        SlowProxy road = new SlowProxy(postgres.port())) {
      Config.Database config = postgres.fresh("events");
      try (EventNode here =
              new EventNode(postgres.config("events", road.port()), EventHub.Limits.DEFAULT);
          EventNode there = new EventNode(config, EventHub.Limits.DEFAULT);
          EventStream live = here.open("")) {
        live.next();
        road.cut();
        List<String> expected = append(there, "unseen", 1_200);
        road.mend();

        assertEquals(expected, live.subjects(1_200));
      }
    }
  }

  /// Again until PostgreSQL is there.
  private static List<String> append(EventNode node, String name, int count) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        node.newest();
        return node.append(name, count, "");
      } catch (DatabaseFault.Retryable e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }
}
