package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossOriginTest {
  private static final String CRM = "https://crm.example.com";

  private final CrossOrigin foreign =
      new CrossOrigin(List.of("https://CRM.example.com:443/", "http://localhost:3000"));

  @ParameterizedTest
  @CsvSource({
    "https://crm.example.com, true",
    "http://localhost:3000, true",
    "http://crm.example.com, false",
    "https://crm.example.com:8443, false",
    "https://crm.example.com.evil.example, false",
    "https://evil.example/https://crm.example.com, false",
    "https://sub.crm.example.com, false",
    "http://localhost, false",
    "HTTPS://CRM.EXAMPLE.COM, false",
    "null, false",
    "*, false",
    "'', false",
  })
  void onlyExactOriginsAreAllowed(String origin, boolean allowed) {
    assertEquals(allowed, foreign.allows(origin));
    assertEquals(
        Optional.of(origin).filter(_ -> allowed),
        Optional.ofNullable(foreign.headers(List.of(origin)).get("access-control-allow-origin")));
    assertEquals(
        allowed, foreign.permission(List.of(origin), Optional.of("PUT"), "GET, PUT").isPresent());
  }

  @Test
  void eachAnswerDependsOnTheOrigin() {
    assertEquals(Map.of("vary", "Origin"), foreign.headers(List.of()));
    assertEquals(Map.of("vary", "Origin"), foreign.headers(List.of(CRM, CRM)));
    assertEquals(Map.of(), new CrossOrigin(List.of()).headers(List.of(CRM)));
  }

  @Test
  void cookiesAreNeverAllowed() {
    Map<String, String> permission =
        foreign.permission(List.of(CRM), Optional.of("PUT"), "GET, PUT").orElseThrow();
    assertEquals("GET, PUT", permission.get("access-control-allow-methods"));
    assertEquals(
        false,
        permission.containsKey("access-control-allow-credentials")
            || foreign.headers(List.of(CRM)).containsKey("access-control-allow-credentials"));
  }

  @Test
  void whatAsksForNoMethodIsNoQuestion() {
    assertEquals(Optional.empty(), foreign.permission(List.of(CRM), Optional.empty(), "GET"));
  }
}
