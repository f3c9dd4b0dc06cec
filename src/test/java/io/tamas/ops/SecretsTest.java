package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.config.ConfigLoader;
import io.tamas.config.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir private Path folder;

  @Test
  void secretsAreMadeOnceAndKept() throws Exception {
    Path file = folder.resolve("secrets.yaml");
    Secrets made = Secrets.load(file, new SecureRandom());
    made.withPhones(Map.of("101", new Secret("0123456"))).save(file);
    Secrets kept = Secrets.load(file, new SecureRandom());
    assertEquals(made.apiKey(), kept.apiKey());
    assertEquals(made.database(), kept.database());
    assertEquals("0123456", Optional.ofNullable(kept.phones().get("101")).orElseThrow().reveal());
    assertTrue(made.apiKey().reveal().matches("[A-Za-z0-9_-]{32}"));
    assertFalse(made.ari().equals(made.ami()));
  }

  @Test
  void theDatabaseThatItWasToldIsKept() throws Exception {
    Path file = folder.resolve("secrets.yaml");
    Secrets made = Secrets.load(file, new SecureRandom());
    Secrets told =
        made.toldBy(Map.of("TAMAS_DATABASE_URL", "postgresql://ann:known@db.example:5432/calls"));
    told.save(file);
    assertEquals(told, Secrets.load(file, new SecureRandom()));
    assertEquals(told, told.toldBy(Map.of()));
    assertEquals(made, told.toldBy(Map.of("TAMAS_DATABASE_URL", "embedded")));
  }

  @Test
  void whatIsMissingIsMadeAndTheRestStays() throws Exception {
    Path file = folder.resolve("secrets.yaml");
    Files.writeString(file, "api-key: mine\n");
    Secrets secrets = Secrets.load(file, new SecureRandom());
    assertEquals("mine", secrets.apiKey().reveal());
    assertEquals(32, secrets.database().reveal().length());
  }

  /// As `status` and `down` do, also where there is no space left.
  @Test
  void nothingIsWrittenWhereNothingIsMissing() throws Exception {
    Path file = folder.resolve("secrets.yaml");
    Secrets.load(file, new SecureRandom()).withPhones(Map.of("101", new Secret("01"))).save(file);
    Object written = Files.getAttribute(file, "unix:ino");
    Secrets.load(file, new SecureRandom());
    assertEquals(written, Files.getAttribute(file, "unix:ino"));
  }

  @Test
  void aSecretThatIsBlankIsMadeAnewAndStored() throws Exception {
    Path file = folder.resolve("secrets.yaml");
    Secrets.load(file, new SecureRandom());
    Files.writeString(file, Files.readString(file).replaceFirst("api-key: .*", "api-key: ''"));
    Secrets made = Secrets.load(file, new SecureRandom());
    assertEquals(made.apiKey(), Secrets.load(file, new SecureRandom()).apiKey());
  }

  @Test
  void onlyTheOwnerMayReadThem() throws Exception {
    Path file = folder.resolve("secrets.yaml");
    Secrets.load(file, new SecureRandom());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void theyDoNotShowInText() throws Exception {
    Secrets secrets = Secrets.load(folder.resolve("secrets.yaml"), new SecureRandom());
    assertFalse(secrets.toString().contains(secrets.apiKey().reveal()));
  }

  @Test
  void theServerAcceptsTheConfigurationThatIsWrittenForIt() throws Exception {
    Instance instance = InstanceFolder.choose(folder.resolve("a"), Map.of(Port.HTTP, 18080));
    InstanceFolder.keep(instance);
    Secrets secrets = Secrets.load(instance.secretsFile(), new SecureRandom());
    DatabaseAddress database =
        new DatabaseAddress("postgresql://127.0.0.1:5433/tamas", "tamas", new Secret("01"));
    ServerConfigFile.write(
        instance, database, secrets, new AsteriskHome.Root(Path.of("/house"))::alone);
    Config config = ConfigLoader.load(Optional.of(instance.configFile()), Map.of());
    assertEquals(18080, config.http().port());
    assertEquals(Port.MANAGEMENT.usual(), config.management().port());
    assertEquals(Port.ARI.usual(), config.ari().port());
    assertEquals(AsteriskSettings.of(instance, secrets).ariUser(), config.ari().user());
    assertEquals(Port.AMI.usual(), config.ami().port());
    assertEquals(secrets.ami(), config.ami().password());
    assertEquals(new Secret("01"), config.database().password());
    assertEquals(Optional.of(secrets.report()), config.report().password());
    assertEquals(Optional.of(secrets.sealing()), config.sealing().key());
    assertEquals(instance.journal(), config.journal().folder());
    assertEquals(instance.recordings(), config.recordings().folder());
    assertEquals(instance.mailboxes(), config.mailboxes().folder());
    assertEquals(instance.prompts(), config.prompts().folder());
    assertEquals("espeak-ng", config.speech().command().getLast());
    assertEquals("sox", config.audio().command().getLast());
    assertEquals("cella", config.cell());
  }
}
