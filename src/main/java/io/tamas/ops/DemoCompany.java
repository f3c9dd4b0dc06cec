package io.tamas.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Fills an empty database by REST, as its first user would.
public final class DemoCompany {
  private final Instance instance;
  private final RestClient rest;

  public DemoCompany(Instance instance, RestClient rest) {
    this.instance = instance;
    this.rest = rest;
  }

  /// The secrets with the passwords of the demo phones; unchanged if a company already exists. An
  /// interrupted load is continued.
  public Secrets loadIfEmpty(Secrets secrets) throws IOException, InterruptedException {
    Path marker = instance.data().resolve("demo-company.begun");
    if (!Files.exists(marker)) {
      if (!rest.get("/extensions?limit=1").path("items").isEmpty()) {
        return secrets;
      }
      PrivateFiles.write(marker, "");
    }
    rest.yaml("PUT", "/company", text("/demo-company.yaml")).orThrow();
    for (JsonNode profile : Yaml.tree(text("/demo-profiles.yaml")).path("profiles")) {
      create(profile);
    }
    Secrets filled = secrets.withPhones(passwords());
    filled.save(instance.secretsFile());
    Files.delete(marker);
    return filled;
  }

  private static String text(String name) throws IOException {
    try (InputStream yaml = DemoCompany.class.getResourceAsStream(name)) {
      if (yaml == null) {
        throw new IOException(name + " is missing");
      }
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Passwords are returned only when they are generated: so new ones are generated.
  private Map<String, Secret> passwords() throws IOException, InterruptedException {
    Map<String, Secret> passwords = new TreeMap<>();
    for (JsonNode extension : rest.get("/extensions").path("items")) {
      String number = extension.path("number").asText();
      JsonNode reset = rest.post("/extensions/" + number + "/password", MissingNode.getInstance());
      passwords.put(number, new Secret(reset.path("password").asText()));
    }
    return passwords;
  }

  private void create(JsonNode profile) throws IOException, InterruptedException {
    String number =
        URLEncoder.encode(
            profile.path("numbers").path(0).path("number").asText(), StandardCharsets.UTF_8);
    if (rest.get("/profiles?number=" + number).path("items").isEmpty()) {
      rest.post("/profiles", profile);
    }
  }
}
