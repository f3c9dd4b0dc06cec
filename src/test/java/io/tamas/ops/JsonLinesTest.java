package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Secret;
import io.tamas.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {
  private final LoggerContext context = new LoggerContext();
  private final LoggingEvent event =
      new LoggingEvent(
          "fqcn", context.getLogger("io.tamas.call"), Level.INFO, "a call ended", null, null);

  @Test
  void anEventIsOneLineWithItsKeys() throws Exception {
    event.setThreadName("main");
    pairs(new KeyValuePair("call", "tamas-1.2"), new KeyValuePair("talk", 12));
    assertEquals(
        "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"INFO\",\"logger\":\"io.tamas.call\","
            + "\"thread\":\"main\",\"message\":\"a call ended\",\"call\":\"tamas-1.2\",\"talk\":12}\n",
        line());
  }

  @Test
  void untrustedTextStartsNoLineAndHidesNothing() throws Exception {
    pairs(
        new KeyValuePair("name", "x\n{\"level\":\"ERROR\"}\u2028\u001b[31m"),
        new KeyValuePair("message", "forged"),
        new KeyValuePair("long", "y".repeat(100_000)));
    String line = line();
    assertEquals(line.length() - 1, line.indexOf('\n'));
    JsonNode read = Json.mapper().readTree(line);
    assertEquals("a call ended", read.get("message").asText());
    assertEquals("INFO", read.get("level").asText());
    assertTrue(line.length() < 10_000);
  }

  @Test
  void secretsAreStars() {
    pairs(new KeyValuePair("password", new Secret("Zebra")));
    assertFalse(line().contains("Zebra"));
  }

  @Test
  void anExceptionIsInItsLine() throws Exception {
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("broken")));
    String trace = Json.mapper().readTree(line()).get("exception").asText();
    assertTrue(trace.startsWith("java.lang.IllegalStateException: broken"), trace);
  }

  @BeforeEach
  void withoutContext() {
    event.setMDCPropertyMap(Map.of());
    event.setInstant(Instant.EPOCH);
  }

  private void pairs(KeyValuePair... pairs) {
    event.setKeyValuePairs(List.of(pairs));
  }

  private String line() {
    return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
  }
}
