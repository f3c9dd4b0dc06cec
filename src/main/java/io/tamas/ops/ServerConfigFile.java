package io.tamas.ops;

import io.tamas.config.Secret;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The server's configuration for the instance: its ports, folders and secrets. All other options
/// keep their defaults; the environment overrides it.
final class ServerConfigFile {
  private ServerConfigFile() {}

  /// @param alone the command that starts another program that Tamas needs, isolated
  static void write(
      Instance instance,
      DatabaseAddress database,
      Secrets secrets,
      Function<String, List<String>> alone)
      throws IOException {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("cell", instance.cell());
    file.put(
        "database",
        Map.of(
            "url", database.url(),
            "user", database.user(),
            "password", database.password().reveal()));
    file.put("report", Map.of("password", secrets.report().reveal()));
    file.put("sealing", Map.of("key", secrets.sealing().reveal()));
    file.put("agi", Map.of("port", instance.port(Port.AGI)));
    Map<String, Object> ari = withSecret(instance.port(Port.ARI), "password", secrets.ari());
    ari.put("user", AsteriskSettings.ARI_USER);
    file.put("ari", ari);
    file.put("ami", withSecret(instance.port(Port.AMI), "password", secrets.ami()));
    file.put("http", http(instance, secrets));
    if (instance.isForOthers()) {
      file.put("https", https(instance));
    }
    file.put("management", Map.of("port", instance.port(Port.MANAGEMENT)));
    Map<String, Object> media = new LinkedHashMap<>(instance.voice().values());
    media.put("address", instance.sip().mediaAddress());
    file.put("media", media);
    file.put("journal", Map.of("folder", instance.journal().toString()));
    file.put("storage", storage(instance, database));
    file.put("recordings", Map.of("folder", instance.recordings().toString()));
    file.put("prompts", Map.of("folder", instance.prompts().toString()));
    file.put("mailboxes", Map.of("folder", instance.mailboxes().toString()));
    file.put("imports", Map.of("folder", instance.state().resolve("imports").toString()));
    file.put("speech", Map.of("command", alone.apply("espeak-ng")));
    file.put("audio", Map.of("command", alone.apply("sox")));
    file.put("company", Map.of("snapshot", instance.state().resolve("company.json").toString()));
    Yaml.write(
        instance.configFile(),
        "Written at each start by ./tamas up, with what settings.yaml beside it adds. Options are"
            + " overridden by the environment: see tamas-reference.yaml.",
        new OwnSettings(instance.settingsFile()).addedTo(file));
  }

  private static Map<String, Object> http(Instance instance, Secrets secrets) {
    Map<String, Object> http = withSecret(instance.port(Port.HTTP), "apiKey", secrets.apiKey());
    http.put("plain", instance.tls().plainHttp());
    return http;
  }

  private static Map<String, Object> storage(Instance instance, DatabaseAddress database) {
    String hidden = HiddenFolders.file(instance.data()).toString();
    return database.url().contains(":" + instance.port(Port.POSTGRES) + "/")
        ? Map.of("hidden", hidden, "database", instance.postgres().toString())
        : Map.of("hidden", hidden);
  }

  private static Map<String, Object> https(Instance instance) {
    CertificateFiles files = instance.certificates().files();
    return Map.of(
        "address", instance.sip().address().text(),
        "port", instance.port(Port.HTTPS),
        "certificate", files.certificate().toString(),
        "key", files.key().toString());
  }

  private static Map<String, Object> withSecret(int port, String name, Secret secret) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("port", port);
    section.put(name, secret.reveal());
    return section;
  }
}
