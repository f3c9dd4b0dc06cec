package io.tamas.web;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What strangers can write into the log.
class StrangerLogIT {
  private static final Logger WEB = (Logger) LoggerFactory.getLogger("io.tamas.web");

  @TempDir private Path files;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  @BeforeEach
  void start() {
    appender.start();
    WEB.addAppender(appender);
  }

  @AfterEach
  void stop() {
    WEB.detachAppender(appender);
  }

  @Test
  void refusedRequestsAreLoggedUpToABoundAndThoseOfHoldersAlways() throws Exception {
    try (ThingServer server = new ThingServer(files)) {
      String[] refused = {
        "GET /api/v1/things HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        "GET /api/v1/things HTTP/1.1\r\nhost: <\r\nconnection: close\r\n\r\n",
        "GET /nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        "GET /api/v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer guess\r\n"
            + "connection: close\r\n\r\n",
      };
      for (int i = 0; i < 4 * StrangerLog.PER_ADDRESS; i++) {
        RawHttp.send(server.port(), refused[i % refused.length]);
      }
      eventually(
          "so many are logged",
          Duration.ofSeconds(5),
          () -> lines().size() == StrangerLog.PER_ADDRESS);
      for (int i = 0; i < 3; i++) {
        RawHttp.send(server.port(), RawHttp.get("/api/v1/things"));
      }
      eventually(
          "those of a holder are logged",
          Duration.ofSeconds(5),
          () -> lines().size() == StrangerLog.PER_ADDRESS + 3);
    }
  }

  @Test
  void whatWasNotLoggedIsToldInOneLineAMinute() throws Exception {
    Vertx vertx = Vertx.vertx();
    StrangerLog log = new StrangerLog(vertx);
    for (int i = 0; i < StrangerLog.PER_ADDRESS; i++) {
      assertTrue(log.admits("192.0.2.1"));
    }
    assertFalse(log.admits("192.0.2.1"));
    assertTrue(log.admits("192.0.2.2"));
    for (int i = 0; i < 2 * StrangerLog.ALL; i++) {
      log.admits("192.0.2." + i);
    }
    assertFalse(log.admits("198.51.100.1"));
    log.summarise();
    log.summarise();
    assertEquals(1, lines().size());
    assertTrue(lines().getFirst().getMessage().startsWith("more requests"));
    assertTrue(log.admits("192.0.2.1"));
    log.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private List<ILoggingEvent> lines() {
    return List.copyOf(appender.list);
  }
}
