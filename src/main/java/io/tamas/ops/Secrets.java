package io.tamas.ops;

import io.tamas.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The passwords between the components of an instance, generated at the first start and stored.
///
/// @param external the database, if it is not the embedded one
/// @param report of the role that may only read, for dashboards
/// @param sealing the key by which secrets in the database are sealed
/// @param administrator the one-time password of the first user, as it was made
/// @param phones the passwords of the demo phones, by extension
public record Secrets(
    Secret database,
    Optional<DatabaseAddress> external,
    Secret ari,
    Secret ami,
    Secret apiKey,
    Secret report,
    Secret sealing,
    Optional<Secret> administrator,
    Map<String, Secret> phones) {
  /// 192 bits: 32 characters of Base64 that need no escape in any of the files that contain them.
  private static final int BYTES = 24;

  private static final String EXTERNAL = "external-database";
  private static final String ADMINISTRATOR = "admin";

  public Secrets {
    phones = Map.copyOf(phones);
  }

  /// Reads the file, and generates and stores what is missing. Where nothing is, nothing is
  /// written: commands that only show something work on a full disk too.
  public static Secrets load(Path file, SecureRandom random) throws IOException {
    Map<String, Object> stored = Yaml.read(file);
    Secrets secrets =
        new Secrets(
            storedOrNew(stored, "database", random),
            external(stored.get(EXTERNAL)),
            storedOrNew(stored, "ari", random),
            storedOrNew(stored, "ami", random),
            storedOrNew(stored, "api-key", random),
            storedOrNew(stored, "report", random),
            storedOrNew(stored, "sealing", random),
            administrator(stored.get(ADMINISTRATOR)),
            phones(stored.get("phones")));
    if (!secrets.named().equals(stored)) {
      secrets.save(file);
    }
    return secrets;
  }

  /// The same with the passwords of the demo phones.
  public Secrets withPhones(Map<String, Secret> passwords) {
    return new Secrets(
        database, external, ari, ami, apiKey, report, sealing, administrator, passwords);
  }

  /// The same with the one-time password of the first user.
  public Secrets withAdministrator(Secret oneTime) {
    return new Secrets(
        database, external, ari, ami, apiKey, report, sealing, Optional.of(oneTime), phones);
  }

  /// The same with the database that the environment names, if it names one.
  ///
  /// @throws IllegalArgumentException as [DatabaseAddress#external]
  public Secrets toldBy(Map<String, String> environment) {
    return new Secrets(
        database,
        DatabaseAddress.external(environment, external),
        ari,
        ami,
        apiKey,
        report,
        sealing,
        administrator,
        phones);
  }

  public void save(Path file) throws IOException {
    Yaml.write(file, "Generated at the first start. Keep it secret.", named());
  }

  /// As they are stored.
  private Map<String, Object> named() {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("database", database.reveal());
    external.ifPresent(address ->
        named.put(
            EXTERNAL,
            Map.of(
                "url", address.url(),
                "user", address.user(),
                "password", address.password().reveal())));
    named.put("ari", ari.reveal());
    named.put("ami", ami.reveal());
    named.put("api-key", apiKey.reveal());
    named.put("report", report.reveal());
    named.put("sealing", sealing.reveal());
    administrator.ifPresent(oneTime -> named.put(ADMINISTRATOR, oneTime.reveal()));
    Map<String, String> revealed = new TreeMap<>();
    phones.forEach((extension, password) -> revealed.put(extension, password.reveal()));
    named.put("phones", revealed);
    return named;
  }

  private static Optional<DatabaseAddress> external(@Nullable Object stored) {
    return stored instanceof Map<?, ?> address
            && address.get("url") instanceof String url
            && address.get("user") instanceof String user
            && address.get("password") instanceof String password
        ? Optional.of(new DatabaseAddress(url, user, new Secret(password)))
        : Optional.empty();
  }

  private static Optional<Secret> administrator(@Nullable Object stored) {
    return stored instanceof String oneTime && !oneTime.isBlank()
        ? Optional.of(new Secret(oneTime))
        : Optional.empty();
  }

  private static Secret storedOrNew(Map<String, Object> stored, String name, SecureRandom random) {
    if (stored.get(name) instanceof String value && !value.isBlank()) {
      return new Secret(value);
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static Map<String, Secret> phones(@Nullable Object stored) {
    Map<String, Secret> phones = new TreeMap<>();
    if (stored instanceof Map<?, ?> named) {
      named.forEach((extension, password) ->
          phones.put(extension.toString(), new Secret(password.toString())));
    }
    return phones;
  }
}
