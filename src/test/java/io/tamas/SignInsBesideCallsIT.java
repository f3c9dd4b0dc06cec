package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.json.Json;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Hashing passwords takes a processor for long; calls are decided all the same.
@InTheLab
class SignInsBesideCallsIT {
  private static final Pattern SLOWEST =
      Pattern.compile("tamas_agi_decision_seconds_max\\{[^}]*} ([0-9.E-]+)");

  /// A caller gets a next step within 3 s; the dialplan waits half as long for it.
  private static final double BAR_SECONDS = 1;

  @Test
  void callsAreDecidedWhileAHundredSignIn(Lab lab) throws Exception {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    String name = "crowd-" + zahra.number();
    String password =
        lab.office()
            .send("POST", "/users", Map.of("name", name, "role", "OPERATOR"))
            .path("oneTimePassword")
            .asText();
    try (HttpClient client = HttpClient.newHttpClient()) {
      List<CompletableFuture<HttpResponse<String>>> signIns = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        signIns.add(client.sendAsync(signIn(lab, name, password), BodyHandlers.ofString()));
      }
      reza.calls(zahra);
      zahra.rings().answers().hears(reza);
      reza.hangsUp();
      Map<Integer, Integer> statuses = new TreeMap<>();
      for (CompletableFuture<HttpResponse<String>> one : signIns) {
        statuses.merge(one.get(60, TimeUnit.SECONDS).statusCode(), 1, Integer::sum);
      }
      assertTrue(Set.of(201, 429).containsAll(statuses.keySet()), statuses::toString);
      assertTrue(statuses.getOrDefault(201, 0) > 0, statuses::toString);
      assertEquals(100, statuses.values().stream().mapToInt(each -> each).sum());
    }
    lab.callOf(reza).is("ANSWERED").answeredBy(zahra);
    double slowest = 0;
    Matcher told = SLOWEST.matcher(lab.office().manage("/metrics").body());
    while (told.find()) {
      slowest = Math.max(slowest, Double.parseDouble(told.group(1)));
    }
    double seconds = slowest;
    assertTrue(seconds > 0 && seconds < BAR_SECONDS, () -> "decided after " + seconds + " s");
  }

  private static HttpRequest signIn(Lab lab, String name, String password) {
    return HttpRequest.newBuilder(lab.office().address("/session"))
        .timeout(Duration.ofSeconds(30))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(Json.write(Map.of("name", name, "password", password))))
        .build();
  }
}
