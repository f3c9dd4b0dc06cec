package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Texts that are longer than what fits into memory.
class ChunksIT {
  private static final String PATH = "/calls.csv?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
  private static final int TAKEN = 50;
  private static final String MEGABYTE = "x".repeat(1 << 20);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger read = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void allPiecesArriveInTheirOrder() throws Exception {
    try (RouteServer server = sending(3, () -> {})) {
      assertEquals("0\n1\n2\n", server.get(PATH).body().replace(MEGABYTE, ""));
    }
  }

  @Test
  void ofAClientThatDoesNotReadNoMoreIsReadThanIsUnderWay() throws Exception {
    try (RouteServer server = sending(10_000, () -> {});
        Socket client = new Socket("127.0.0.1", server.port())) {
      client
          .getOutputStream()
          .write(
              ("GET /api/v1"
                      + PATH
                      + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer test\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = client.getInputStream();
      assertEquals(TAKEN << 20, in.readNBytes(TAKEN << 20).length);
      assertTrue(read.get() < TAKEN + 40, () -> read + " pieces of a megabyte were read");
    }
  }

  @Test
  void aFaultBeforeTheFirstPieceIsAnAnswerAndALaterOneEndsTheConnection() throws Exception {
    try (RouteServer server =
        sending(
            5,
            () -> {
              throw Problem.unavailable("not now");
            })) {
      assertEquals(503, server.get(PATH).statusCode());
    }
    try (RouteServer server =
        sending(
            5,
            () -> {
              if (read.get() > 2) {
                throw Problem.unavailable("not any more");
              }
            })) {
      read.set(0);
      assertThrows(IOException.class, () -> server.get(PATH));
      assertFalse(read.get() > 3);
    }
  }

  private RouteServer sending(int pieces, Runnable each) throws Exception {
    return RouteServer.start(
        vertx,
        on ->
            on.on(
                "getCallsCsv", _ -> new Response.Stream(Map.of(), Csv.TYPE, chunks(pieces, each))));
  }

  private Response.Chunks chunks(int pieces, Runnable each) {
    AtomicInteger count = new AtomicInteger();
    return () -> {
      each.run();
      read.incrementAndGet();
      int piece = count.getAndIncrement();
      return piece < pieces ? Optional.of(piece + MEGABYTE + "\n") : Optional.empty();
    };
  }
}
