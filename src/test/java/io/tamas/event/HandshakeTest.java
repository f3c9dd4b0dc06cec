package io.tamas.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.web.Problem;
import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "websocket | Upgrade | 13 | AAAAAAAAAAAAAAAAAAAAAA== | 0",
        "WebSocket | keep-alive, upgrade | 13 | AAAAAAAAAAAAAAAAAAAAAA== | 0",
        "h2c, websocket | Upgrade | 13 | AAAAAAAAAAAAAAAAAAAAAA== | 0",
        "- | Upgrade | 13 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "h2c | Upgrade | 13 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | - | 13 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | noupgrade | 13 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | Upgrade | - | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | Upgrade | 0 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | Upgrade | 7 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | Upgrade | 8 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | Upgrade | 14 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | Upgrade | 7, 13 | AAAAAAAAAAAAAAAAAAAAAA== | 426",
        "websocket | Upgrade | 13 | - | 400",
        "websocket | Upgrade | 13 | AAAA | 400",
        "websocket | Upgrade | 13 | no key | 400",
      })
  void onlyVersion13IsSpoken(
      String upgrade, String connection, String version, String key, int status) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    add(headers, "upgrade", upgrade);
    add(headers, "connection", connection);
    add(headers, "sec-websocket-version", version);
    add(headers, "sec-websocket-key", key);
    assertEquals(status, Handshake.fault(headers).map(Problem::status).orElse(0));
  }

  private static void add(MultiMap headers, String name, String value) {
    if (value != null) {
      headers.add(name, value);
    }
  }
}
