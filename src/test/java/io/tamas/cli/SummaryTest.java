package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Secret;
import io.tamas.json.Json;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  @TempDir private Path folder;

  @Test
  void aCallIsOfferedWhereThereIsATrunkForIt() throws Exception {
    assertTrue(printed(true).contains("Place a call     ./tamas call --from +989121234567"));
    assertTrue(!printed(false).contains("./tamas call "));
  }

  @Test
  void passwordsAreShownToAPersonOnly() throws Exception {
    Instance instance = InstanceFolder.choose(folder, Map.of());
    Secrets secrets =
        Secrets.load(instance.secretsFile(), new SecureRandom())
            .withPhones(Map.of("101", new Secret("hush")));
    assertEquals("account 101    password hush\n", demo(instance, secrets, true));
    assertEquals(
        "account 101    password in " + instance.secretsFile() + ", phones\n",
        demo(instance, secrets, false));
  }

  private static String demo(Instance instance, Secrets secrets, boolean toPerson) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DemoCommand.print(secrets, ShownSecrets.of(instance, toPerson), new PrintStream(out));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theDemoTrunkIsKnownByItsCarrier() throws Exception {
    assertEquals(true, isDemo("[{\"name\": \"a\"}, {\"addresses\": [\"127.0.0.2/32\"]}]"));
    assertEquals(true, isDemo("[{\"addresses\": [\"192.0.2.1\", \"127.0.0.2\"]}]"));
    assertEquals(false, isDemo("[{\"name\": \"demo\", \"addresses\": [\"127.0.0.20\"]}]"));
    assertEquals(false, isDemo("[]"));
  }

  private static boolean isDemo(String trunks) throws Exception {
    JsonNode items = Json.mapper().readTree(trunks);
    return DemoTrunk.isAmong(items);
  }

  @Test
  void secretsArePrintedForTheUserOnlyAndOthersAreToldWhereTheyAre() throws Exception {
    Path file = InstanceFolder.read(folder).secretsFile();
    String key = Secrets.load(file, new SecureRandom()).apiKey().reveal();
    assertTrue(printed(true, true).contains(key));
    String log = printed(true, false);
    assertTrue(!log.contains(key), log);
    assertTrue(log.contains("API key          in " + file + ", api-key"), log);
  }

  private String printed(boolean hasDemoTrunk) throws Exception {
    return printed(hasDemoTrunk, true);
  }

  private String printed(boolean hasDemoTrunk, boolean withSecrets) throws Exception {
    return printed(hasDemoTrunk, withSecrets, new Summary.News(false, false));
  }

  @Test
  void passwordOfTheFirstUserIsToldOnce() throws Exception {
    Instance instance = InstanceFolder.read(folder);
    Secrets before = Secrets.load(instance.secretsFile(), new SecureRandom());
    Secrets after = before.withAdministrator(new Secret("abcde-fghjk"));
    after.save(instance.secretsFile());
    assertEquals(after, Secrets.load(instance.secretsFile(), new SecureRandom()));
    String told = printed(true, true, Summary.News.since(before, after));
    assertTrue(told.contains("First user       admin, one-time password abcde-fghjk"), told);
    assertTrue(!printed(true, true, Summary.News.since(after, after)).contains("First user"));
    String log = printed(true, false, Summary.News.since(before, after));
    assertTrue(log.contains("admin, one-time password in " + instance.secretsFile()), log);
  }

  private String printed(boolean hasDemoTrunk, boolean withSecrets, Summary.News news)
      throws Exception {
    Instance instance = InstanceFolder.read(folder);
    Secrets secrets = Secrets.load(instance.secretsFile(), new SecureRandom());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Summary(instance, secrets, List.of("101"), hasDemoTrunk, news)
        .print(new PrintStream(out, true, StandardCharsets.UTF_8), withSecrets);
    return out.toString(StandardCharsets.UTF_8);
  }
}
