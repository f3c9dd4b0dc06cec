package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.Fail2Ban;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who guesses API keys.
class GuessedKeyIT {
  @TempDir private Path folder;
  @TempDir private Path files;

  @Test
  void fail2banFindsTheAddressOfEachGuessAndNotWhoHasAKey() throws Exception {
    try (Fail2Ban fail2ban = new Fail2Ban(Serving.class);
        ThingServer server = new ThingServer(files)) {
      assertEquals(200, get(server, "reader"));
      assertEquals(List.of(), fail2ban.finds("tamas-http.conf", folder.resolve("before")));
      assertEquals(401, get(server, "guess-1"));
      assertEquals(401, get(server, "guess-2"));
      assertEquals(
          List.of("127.0.0.1", "127.0.0.1"),
          fail2ban.finds("tamas-http.conf", folder.resolve("after")));
    }
  }

  private static int get(ThingServer server, String key) throws Exception {
    HttpRequest.Builder request = server.request("/api/v1/things");
    return server.send(request.setHeader("authorization", "Bearer " + key)).statusCode();
  }
}
