package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.web.Origins.Page;
import io.tamas.web.Origins.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
  private static final Place HERE = new Place(false, "192.0.2.10", 8080);

  @ParameterizedTest
  @CsvSource({
    "http://192.0.2.10:8080, true",
    "http://localhost:8080, true",
    "http://127.0.0.1:8080, true",
    "http://[::1]:8080, true",
    "http://Office:8080, true",
    "http://office:8080, true",
    "https://192.0.2.10:8080, false",
    "http://192.0.2.10, false",
    "http://192.0.2.10:8443, false",
    "http://192.0.2.11:8080, false",
    "http://localhost.evil.example:8080, false",
    "http://localhost:8080.evil.example, false",
    "http://evil.example#http://localhost:8080, false",
    "null, false",
    "'', false",
  })
  void withoutSettingItIsWhereTheServerListens(String origin, boolean allowed) {
    assertEquals(allowed, allows(new Origins(List.of(), "office"), origin, HERE));
  }

  @ParameterizedTest
  @CsvSource({
    "https://calls.example.com, true",
    "https://calls.example.com:443, true",
    "https://CALLS.example.com, true",
    "https://second.example.com:8443, true",
    "http://calls.example.com, false",
    "https://calls.example.com.evil.example, false",
    "http://192.0.2.10:8080, false",
    "http://localhost:8080, false",
  })
  void whatIsPublishedIsAllThereIs(String origin, boolean allowed) {
    Origins origins =
        new Origins(
            List.of("https://calls.example.com/", "https://second.example.com:8443"), "office");
    assertEquals(allowed, allows(origins, origin, HERE));
  }

  @Test
  void standardPortsGoWithoutSaying() {
    Origins origins = new Origins(List.of(), "office");
    assertTrue(allows(origins, "https://office", new Place(true, "192.0.2.10", 443)));
    assertTrue(allows(origins, "http://[2001:db8::1]", new Place(false, "2001:db8::1", 80)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin, -, true",
        "same-origin, http://evil.example, true",
        "cross-site, -, false",
        "same-site, -, false",
        "none, -, false",
        "-, -, false",
        "cross-site, http://localhost:8080, true",
      })
  void browserSaysWhoseThePageIs(String site, String origin, boolean allowed) {
    Page page = new Page(Optional.ofNullable(site), Optional.ofNullable(origin));
    assertEquals(allowed, new Origins(List.of(), "office").refusal(page, HERE).isEmpty());
  }

  @Test
  void refusalNamesTheSetting() {
    Problem refusal =
        new Origins(List.of(), "office")
            .refusal(new Page(Optional.empty(), Optional.of("http://evil.example\n")), HERE)
            .orElseThrow();
    assertEquals(403, refusal.status());
    assertTrue(
        refusal
            .detail()
            .endsWith("Origin http://evil.example? is not in the setting http.publicUrl"),
        refusal::detail);
  }

  private static boolean allows(Origins origins, String origin, Place place) {
    return origins.refusal(new Page(Optional.empty(), Optional.of(origin)), place).isEmpty();
  }
}
