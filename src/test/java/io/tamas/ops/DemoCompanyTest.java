package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Destination;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What can be said of the demo company without a server; that it loads is shown by `UpIT`.
class DemoCompanyTest {
  @Test
  void theDemoCompanyNamesOnlyWhatItHas() throws Exception {
    JsonNode company = company();
    Set<String> known = new HashSet<>();
    company
        .path("extensions")
        .forEach(item -> known.add("extension:" + item.path("number").asText()));
    company
        .path("ring-groups")
        .forEach(item -> known.add("ring-group:" + item.path("name").asText()));
    company
        .path("prompts")
        .forEach(item -> known.add("announcement:" + item.path("name").asText()));
    List<String> named = new ArrayList<>();
    company.path("inbound-routes").forEach(route -> named.add(route.path("to").asText()));
    company.findValuesAsText("closed").forEach(named::add);
    company
        .findValues("members")
        .forEach(members -> members.forEach(member -> named.add("extension:" + member.asText())));
    company.findValuesAsText("fallback").forEach(number -> named.add("extension:" + number));
    for (String destination : named) {
      assertEquals(destination, Destination.parse(destination).text());
    }
    named.removeAll(known);
    assertEquals(List.of(), named);
  }

  private static JsonNode company() throws Exception {
    try (InputStream yaml = DemoCompany.class.getResourceAsStream("/demo-company.yaml")) {
      return Yaml.tree(Objects.requireNonNull(yaml));
    }
  }
}
