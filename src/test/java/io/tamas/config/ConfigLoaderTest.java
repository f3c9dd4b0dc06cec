package io.tamas.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "TAMAS_DATABASE_URL", "postgresql://127.0.0.1:5432/tamas",
          "TAMAS_DATABASE_PASSWORD", "one",
          "TAMAS_ARI_PASSWORD", "two",
          "TAMAS_AMI_PASSWORD", "three");

  @TempDir Path folder;

  @Test
  void everyDefaultIsAsDocumented() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    assertEquals(
        new Config(
            "tamas",
            new Config.Database(
                "postgresql://127.0.0.1:5432/tamas",
                "tamas",
                new Secret("one"),
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30)),
            new Config.Report(Optional.empty()),
            new Config.Agi(
                "127.0.0.1",
                4573,
                List.of("127.0.0.1", "::1"),
                20_000,
                20_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(1500)),
            new Config.Ari(
                "127.0.0.1",
                8081,
                "tamas",
                new Secret("two"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)),
            new Config.Ami("127.0.0.1", 5038, "tamas", new Secret("three"), Duration.ofSeconds(2)),
            new Config.Security(10, Duration.ofMinutes(10)),
            new Config.Http(
                "127.0.0.1",
                8080,
                false,
                1_048_576,
                5000,
                256,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                1024,
                128,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty()),
            new Config.Https("", 8443, Optional.empty(), Optional.empty()),
            new Config.Management("127.0.0.1", 8082),
            new Config.Media(
                "",
                List.of(Codec.OPUS, Codec.G722, Codec.ALAW, Codec.ULAW),
                Srtp.OPTIONAL,
                Duration.ofSeconds(60)),
            new Config.Trunks(Duration.ofSeconds(4), ""),
            new Config.Lookup(Duration.ofMillis(50), 100_000, Duration.ofMinutes(5)),
            new Config.Journal(
                here.resolve("asterisk/log/cel-custom"),
                Duration.ofMillis(20),
                67_108_864,
                Duration.ofDays(7)),
            new Config.Storage(1L << 30, 100L << 20, Optional.empty(), Optional.empty()),
            new Config.Recordings(here.resolve("recordings"), 0),
            new Config.Prompts(here.resolve("prompts")),
            new Config.Mailboxes(here.resolve("mailboxes")),
            new Config.Speech(List.of("espeak-ng")),
            new Config.Audio(List.of("sox")),
            new Config.Company(here.resolve("company.json")),
            new Config.Mail(
                "",
                587,
                "starttls",
                "",
                Optional.empty(),
                "tamas@localhost",
                Duration.ofSeconds(30),
                10_485_760,
                "UTC"),
            new Config.Sms("", Optional.empty(), "", "", "form", "", Duration.ofSeconds(10), "UTC"),
            new Config.Outbound(List.of(), List.of(443, 80), Optional.empty()),
            new Config.Crm(false, "unknown"),
            new Config.OutsideCrm(
                "",
                "",
                Optional.empty(),
                "",
                "",
                "",
                "/id",
                "/name",
                "/responsible",
                "/link",
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                100_000),
            new Config.Imports(here.resolve("imports"), 2_147_483_647),
            new Config.Events(Duration.ofDays(30)),
            new Config.Sessions(Duration.ofHours(12), Duration.ofDays(7)),
            new Config.Sealing(Optional.empty()),
            new Config.Audit(Duration.ofDays(1095)),
            new Config.Openid("", "", Optional.empty())),
        ConfigLoader.load(Optional.empty(), REQUIRED));
  }

  @Test
  void theFileOverridesDefaultsAndTheEnvironmentOverridesTheFile() throws Exception {
    Path file = write("agi:\n  port: 1\n  host: 10.0.0.1\n  allowedPeers: [10.0.0.0/8]\n");
    Config config = ConfigLoader.load(Optional.of(file), with("TAMAS_AGI_PORT", "2"));
    assertEquals(2, config.agi().port());
    assertEquals("10.0.0.1", config.agi().host());
    assertEquals(List.of("10.0.0.0/8"), config.agi().allowedPeers());
    assertEquals(folder.toAbsolutePath().resolve("recordings"), config.recordings().folder());
  }

  @Test
  void listsComeFromTheEnvironmentSeparatedByCommas() throws Exception {
    Config config =
        ConfigLoader.load(Optional.empty(), with("TAMAS_AGI_ALLOWED_PEERS", "10.0.0.1, fd00::/8"));
    assertEquals(List.of("10.0.0.1", "fd00::/8"), config.agi().allowedPeers());
  }

  @Test
  void textIsKeptAsItIsWritten() throws Exception {
    Path file = write("database: {password: 0123}\ncrm: {unknownCategory: no}\n");
    Config config =
        ConfigLoader.load(
            Optional.of(file),
            Map.of(
                "TAMAS_DATABASE_URL", "postgresql://db/x",
                "TAMAS_ARI_PASSWORD", "two",
                "TAMAS_AMI_PASSWORD", "three"));
    assertEquals("0123", config.database().password().reveal());
    assertEquals("no", config.crm().unknownCategory());
  }

  @Test
  void userAndPasswordOfTheDatabaseMayStandInItsUrlAndGoFirst() throws Exception {
    Path file = write("database: {url: 'postgresql://a:one@x/y', user: b, password: two}\n");
    Map<String, String> secrets = Map.of("TAMAS_ARI_PASSWORD", "two", "TAMAS_AMI_PASSWORD", "x");
    Config.Database database = ConfigLoader.load(Optional.of(file), secrets).database();
    assertEquals("postgresql://x:5432/y", database.url());
    assertEquals("a", database.user());
    assertEquals("one", database.password().reveal());

    Path apart = write("database: {url: 'postgresql://a@x/y', password: two}\n");
    Config.Database both = ConfigLoader.load(Optional.of(apart), secrets).database();
    assertEquals("a", both.user());
    assertEquals("two", both.password().reveal());

    Map<String, String> named = new HashMap<>(secrets);
    named.put("TAMAS_DATABASE_URL", "postgresql://c:three@z:1/y");
    Config.Database other = ConfigLoader.load(Optional.of(apart), named).database();
    assertEquals("postgresql://z:1/y", other.url());
    assertEquals("c", other.user());
    assertEquals("three", other.password().reveal());
  }

  @Test
  void everythingThatIsWrongIsReportedAtOnce() throws Exception {
    String text =
        """
        cell: Tehran
        databse:
          url: x
        agi:
          prot: 12
          maxSessions: many
          replyTimeout: 1
          allowedPeers: [127.0.0.1, everybody]
        ari:
          port: 70000
          port: 4574
          password: [a]
        http: 8080
        crm:
          createUnknownCallers: "true"
        """;
    assertEquals(
        """
        tamas.yaml:1: cell: must be 2 to 20 of a-z and 0-9, starting with a letter
        tamas.yaml:2: databse: unknown; did you mean database?
        tamas.yaml:5: agi.prot: unknown; did you mean port?
        tamas.yaml:6: agi.maxSessions: must be a whole number from 1 to 100000
        tamas.yaml:7: agi.replyTimeout: must be a duration from 10ms to 10s
        tamas.yaml:8: agi.allowedPeers: must be a list, each item an IP address, optionally with a prefix length
        tamas.yaml:10: ari.port: must be a whole number from 0 to 65535
        tamas.yaml:11: ari.port: is a duplicate
        tamas.yaml:12: ari.password: must be a text of 1 to 200 printable characters
        tamas.yaml:13: http: must be a section of options
        tamas.yaml:15: crm.createUnknownCallers: must be true or false
        tamas.yaml: database.url: is required, here or as TAMAS_DATABASE_URL
        tamas.yaml: database.password: is required, here or as TAMAS_DATABASE_PASSWORD
        tamas.yaml: ami.password: is required, here or as TAMAS_AMI_PASSWORD
        environment: TAMAS_AGI_PROT: unknown; did you mean TAMAS_AGI_PORT?
        """,
        faults(text, Map.of("TAMAS_AGI_PROT", "1", "TAMAS_DATA", "/x")));
  }

  @ParameterizedTest
  @CsvSource({
    "TAMAS_AGI_PORT,-1",
    "TAMAS_AGI_PORT,65536",
    "TAMAS_AGI_PORT,4573x",
    "TAMAS_AGI_PORT,99999999999999999999",
    "TAMAS_AGI_HOST,a b",
    "TAMAS_AGI_REPLY_TIMEOUT,11s",
    "TAMAS_AGI_REPLY_TIMEOUT,-1s",
    "TAMAS_DATABASE_URL,mysql://me:secret@x/y",
    "TAMAS_DATABASE_URL,embedded",
    "TAMAS_DATABASE_PASSWORD_FILE,/does/not/exist",
    "TAMAS_CRM_CREATE_UNKNOWN_CALLERS,yes",
    "TAMAS_RECORDINGS_FOLDER,''",
    "TAMAS_HTTP_ALLOWED_ORIGINS,*",
    "TAMAS_HTTP_ALLOWED_ORIGINS,http://crm.example.com",
    "TAMAS_HTTP_ALLOWED_ORIGINS,https://crm.example.com/page",
    "TAMAS_HTTP_ALLOWED_ORIGINS,http://localhost.evil.example",
    "TAMAS_OPENID_ISSUER,ftp://id.example.com",
    "TAMAS_SEALING_KEY,a key of too few characters",
  })
  void aWrongVariableIsNamed(String name, String value) {
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> ConfigLoader.load(Optional.empty(), with(name, value)));
    assertEquals(List.of(name), refused.faults().stream().map(ConfigFault::field).toList());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }

  @Test
  void aSecretComesFromItsFile() throws Exception {
    Files.writeString(folder.resolve("key"), "from the file\n");
    Path file = write("http:\n  apiKeyFile: key\n");
    assertEquals(
        Optional.of(new Secret("from the file")),
        ConfigLoader.load(Optional.of(file), REQUIRED).http().apiKey());
    assertEquals(
        Optional.of(new Secret("from the environment")),
        ConfigLoader.load(Optional.of(file), with("TAMAS_HTTP_API_KEY", "from the environment"))
            .http()
            .apiKey());
  }

  @Test
  void aSecretAndItsFileExcludeEachOther() throws Exception {
    Files.writeString(folder.resolve("key"), "x");
    assertEquals(
        "tamas.yaml:3: http.apiKeyFile: excludes http.apiKey\n",
        faults("http:\n  apiKey: y\n  apiKeyFile: key\n", REQUIRED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'agi: [}' | tamas.yaml:1",
        "'- 1' | tamas.yaml:1",
        "'a: 1\n---\nb: 2' | tamas.yaml:2",
        "'agi: &a {port: 1}\nari: *a' | tamas.yaml",
      })
  void whatIsNoSingleMappingIsRefusedWithItsLine(String text, String place) throws Exception {
    Path file = write(text);
    ConfigException refused =
        assertThrows(ConfigException.class, () -> ConfigLoader.load(Optional.of(file), REQUIRED));
    assertEquals(place, refused.faults().getFirst().place());
  }

  @Test
  void aMissingFileIsRefused() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> ConfigLoader.load(Optional.of(folder.resolve("absent.yaml")), REQUIRED));
    assertTrue(refused.getMessage().contains("absent.yaml: file: cannot be read"));
  }

  @Test
  void anEmptyFileIsAllDefaults() throws Exception {
    assertEquals(
        "tamas", ConfigLoader.load(Optional.of(write("# nothing\nagi:\n")), REQUIRED).cell());
  }

  @Test
  void secretsAreNotPrinted() throws Exception {
    String printed =
        ConfigLoader.load(Optional.empty(), with("TAMAS_ARI_PASSWORD", "Zebra")).toString();
    assertFalse(printed.contains("Zebra"), printed);
  }

  private String faults(String text, Map<String, String> environment) throws IOException {
    Path file = write(text);
    return assertThrows(
            ConfigException.class, () -> ConfigLoader.load(Optional.of(file), environment))
        .faults()
        .stream()
        .map(fault -> fault + "\n")
        .collect(Collectors.joining());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("tamas.yaml"), text);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new java.util.HashMap<>(REQUIRED);
    if (name.endsWith("_FILE")) {
      environment.remove(name.substring(0, name.length() - "_FILE".length()));
    }
    environment.put(name, value);
    return environment;
  }
}
