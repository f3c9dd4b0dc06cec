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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Fills an empty database through the REST interface, as its first user would.
public final class DemoCompany {
  /// Each names only what stands before it.
  private static final List<String> NAMED_BEFORE =
      List.of("extension-groups", "prompts", "schedules");

  private static final List<String> NAMED_AFTER =
      List.of("ring-groups", "trunks", "inbound-routes");

  private final Instance instance;
  private final RestClient rest;
  private final Map<String, Secret> passwords = new TreeMap<>();

  public DemoCompany(Instance instance, RestClient rest) {
    this.instance = instance;
    this.rest = rest;
  }

  /// The secrets with the passwords of the demo phones; unchanged where there is a company already.
  /// A loading that was cut short goes on.
  public Secrets loadIfEmpty(Secrets secrets) throws IOException, InterruptedException {
    Path begun = instance.data().resolve("demo-company.begun");
    if (!Files.exists(begun)) {
      if (!rest.get("/extensions?limit=1").path("items").isEmpty()) {
        return secrets;
      }
      PrivateFiles.write(begun, "");
    }
    passwords.putAll(secrets.phones());
    load(read("/demo-company.yaml"), read("/demo-profiles.yaml"));
    Secrets filled = secrets.withPhones(passwords);
    filled.save(instance.secretsFile());
    Files.delete(begun);
    return filled;
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream yaml = DemoCompany.class.getResourceAsStream(name)) {
      if (yaml == null) {
        throw new IOException(name + " is missing");
      }
      return Yaml.tree(yaml);
    }
  }

  private void load(JsonNode company, JsonNode profiles) throws IOException, InterruptedException {
    putAll(company, NAMED_BEFORE);
    for (JsonNode extension : company.path("extensions")) {
      String number = extension.path("number").asText();
      passwords.put(number, new Secret(password(number, extension)));
    }
    putAll(company, NAMED_AFTER);
    for (JsonNode profile : profiles.path("profiles")) {
      create(profile);
    }
  }

  private void putAll(JsonNode company, List<String> kinds)
      throws IOException, InterruptedException {
    for (String kind : kinds) {
      for (JsonNode item : company.path(kind)) {
        rest.put("/" + kind + "/" + item.path("name").asText(), item);
      }
    }
  }

  /// A password is told once: for an extension that is there already a new one is made.
  private String password(String number, JsonNode extension)
      throws IOException, InterruptedException {
    RestClient.Answer created = rest.tryPost("/extensions", extension);
    JsonNode told =
        created.ok()
            ? created.body()
            : rest.post("/extensions/" + number + "/password", MissingNode.getInstance());
    return told.path("password").asText();
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
