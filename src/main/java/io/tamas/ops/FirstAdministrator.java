package io.tamas.ops;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Secret;
import io.tamas.json.Json;
import java.io.IOException;
import java.util.Map;

/// The first user of an instance, who makes the others.
public final class FirstAdministrator {
  public static final String NAME = "admin";

  private FirstAdministrator() {}

  /// The secrets with the one-time password of a new user; unchanged if there are users already.
  public static Secrets makeIfNone(Instance instance, RestClient rest, Secrets secrets)
      throws IOException, InterruptedException {
    if (!rest.get("/users?limit=1").path("items").isEmpty()) {
      return secrets;
    }
    JsonNode user = Json.mapper().valueToTree(Map.of("name", NAME, "role", "ADMINISTRATOR"));
    String oneTime = rest.post("/users", user).path("oneTimePassword").asText();
    Secrets with = secrets.withAdministrator(new Secret(oneTime));
    with.save(instance.secretsFile());
    return with;
  }
}
