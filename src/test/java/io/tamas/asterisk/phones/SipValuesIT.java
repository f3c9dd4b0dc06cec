package io.tamas.asterisk.phones;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.asterisk.ari.AriServer;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.FreePorts;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.SipValue;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every text that the API accepts is held by a real Asterisk, unchanged, also after its restart,
/// and works.
class SipValuesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Vertx VERTX = Vertx.vertx();
  private static final ExtensionNumber FALLBACK = new ExtensionNumber("12345678");
  private static final int RANDOM_TEXTS = 40;

  /// All printable characters of ASCII.
  private static final String PRINTABLE =
      IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).reduce("", String::concat);

  private static final String USER = "Az09_.!~*'+-";

  @TempDir private static Path folder;
  private static AsteriskServer asterisk;
  private static AriServer ari;
  private static SimpleMeterRegistry registry;
  private static AmiClient manager;
  private static PhoneProvisioning provisioning;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeAll
  static void start() throws Exception {
    registry = new SimpleMeterRegistry();
    Config.Ari config =
        new Config.Ari(
            "127.0.0.1", 0, "tamas", new Secret("ari-of-the-lab"), PATIENCE, Duration.ofSeconds(5));
    ari = new AriServer(VERTX, config, "127.0.0.1"::equals, registry);
    provisioning =
        new PhoneProvisioning(
            ari,
            action -> manager.send(action),
            new EndpointLedger(folder.resolve("endpoints")),
            Provisioned.MEDIA,
            PATIENCE,
            registry);
    ari.listen(provisioning);
    provisioning.start();
    ari.start().await(5, TimeUnit.SECONDS);
    asterisk = new AsteriskServer(folder.resolve("data"), FreePorts.take(), ari.port()).start();
    manager = asterisk.manager(registry);
    eventually("Asterisk is connected", SOON, ari::connected);
  }

  @AfterAll
  static void stop() throws Exception {
    provisioning.close();
    manager.close();
    ari.close().await(5, TimeUnit.SECONDS);
    asterisk.close();
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @AfterEach
  void clear() {
    want(List.of(), List.of());
  }

  @Test
  void textsOfPhonesComeBackUnchanged() {
    List<Phone> phones = new ArrayList<>();
    for (String password : passwords(SipValue.PHONE_PASSWORD, PRINTABLE.substring(1), 8, 80)) {
      phones.add(phone(200 + phones.size(), password, password));
    }
    for (String name :
        List.of("x".repeat(80), "سارا احمدی, \"x\" <1>;%\\", "😀".repeat(40), "\"<>", "a|b(c)!&")) {
      phones.add(phone(200 + phones.size(), name, "password"));
    }
    comeBack(phones, List.of());
  }

  @Test
  void textsOfTrunksComeBackUnchanged() {
    List<TrunkEndpoint> trunks = new ArrayList<>();
    for (String password : passwords(SipValue.TRUNK_PASSWORD, PRINTABLE, 1, 128)) {
      trunks.add(trunk(trunks.size(), "127.0.0.1:9", USER, password));
    }
    String host = "a234567890123456789012345678901234567890123456789012345678.".repeat(5);
    for (String server :
        List.of(
            host.substring(0, 245),
            host.substring(0, 245) + ":65535",
            "a",
            "xn--mgba3a4f16a.example:1",
            "127.0.0.1:65535")) {
      assertTrue(SipValue.SERVER.accepts(server), server);
      trunks.add(trunk(trunks.size(), server, "u".repeat(80), "x"));
    }
    trunks.add(
        new TrunkEndpoint(
            "many",
            IntStream.range(0, 32).mapToObj(i -> "2001:DB8:" + i + "::FF:1/" + (97 + i)).toList(),
            FALLBACK,
            Optional.of("[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:65535"),
            Optional.empty(),
            Optional.of(host.substring(0, 245) + ":65535"),
            SipTransport.TLS,
            Srtp.OFF,
            false,
            Habits.USUAL));
    comeBack(List.of(), trunks);
  }

  @Test
  void phoneSignsInWithAnyPassword() throws Exception {
    String all = PRINTABLE.substring(1);
    List<String> passwords = List.of(all.substring(0, 80), all.substring(14), "%41;\"\\,'${X}");
    List<Phone> phones =
        IntStream.range(0, passwords.size())
            .mapToObj(i -> phone(300 + i, "x", passwords.get(i)))
            .toList();
    want(phones, List.of());
    for (int i = 0; i < passwords.size(); i++) {
      assertEquals(200, registers(300 + i, passwords.get(i)), passwords.get(i));
    }
    asterisk.restart();
    for (int i = 0; i < passwords.size(); i++) {
      assertEquals(200, registers(300 + i, passwords.get(i)), passwords.get(i));
    }
  }

  @Test
  void trunkRegistersWithAnyUserAndPassword() throws Exception {
    try (Provider provider = new Provider(asterisk.settings().sipPort(), PRINTABLE)) {
      want(List.of(), List.of(trunk(0, provider.server(), USER, PRINTABLE)));
      eventually("it is registered", SOON, () -> provider.contact().startsWith("sip:" + USER));
    }
  }

  @Test
  void emergencyNumberWithTheLongestTrunksIsHeld() {
    Config.Ami config =
        new Config.Ami(
            "127.0.0.1",
            asterisk.settings().amiPort(),
            "tamas",
            asterisk.settings().amiPassword(),
            Duration.ofSeconds(2));
    List<String> trunks =
        IntStream.range(0, 10).mapToObj(i -> "t".repeat(39) + (char) ('a' + i)).toList();
    try (AmiClient ami = new AmiClient(config, new SimpleMeterRegistry());
        EmergencyNumbers numbers = new EmergencyNumbers(ami, Duration.ofMillis(200))) {
      ami.start();
      numbers.start();
      List<EmergencyNumbers.Route> routes =
          trunks.stream()
              .map(name ->
                  new EmergencyNumbers.Route(
                      "12345678", name, Optional.of("+123456789012345"), true))
              .toList();
      EmergencyNumbers.Dialled dialled =
          new EmergencyNumbers.Dialled("12345678", Optional.of("s".repeat(40)));
      numbers.update(new EmergencyNumbers.Stored(Map.of(dialled, routes), Map.of()));
      String wanted =
          String.join(
              "&",
              trunks.stream().map(name -> "12345678@" + name + "@+123456789012345@own").toList());
      eventually(
          "it is held",
          SOON,
          () ->
              asterisk
                  .console("database get tamas-emergency 12345678-" + "s".repeat(40))
                  .contains(wanted));
    }
  }

  private List<String> passwords(SipValue value, String characters, int shortest, int longest) {
    return Stream.concat(
            Stream.of(
                characters.substring(0, Math.min(longest, characters.length())),
                characters.substring(characters.length() - 60),
                "a".repeat(longest),
                "\\\"".repeat(shortest),
                "%00%0a{}[]()",
                ";comment;;",
                "${EXTEN}$[1+1]"),
            Stream.generate(() -> text(characters, shortest, longest)).limit(RANDOM_TEXTS))
        .peek(password -> assertTrue(value.accepts(password), password))
        .toList();
  }

  private String text(String characters, int shortest, int longest) {
    return random
        .ints(random.nextInt(shortest, longest + 1), 0, characters.length())
        .mapToObj(i -> characters.substring(i, i + 1))
        .reduce("", String::concat);
  }

  /// Asterisk accepts them, and holds nothing else, also after its restart.
  private void comeBack(List<Phone> phones, List<TrunkEndpoint> trunks) {
    double refused = written("refused");
    double unchanged = written("unchanged");
    want(phones, trunks);
    assertEquals(refused, written("refused"), "refused; seed " + seed);
    asterisk.restart();
    eventually(
        "all are compared; seed " + seed,
        SOON,
        () -> written("unchanged") == unchanged + phones.size() + trunks.size());
    assertEquals(refused, written("refused"), "refused; seed " + seed);
  }

  private static double written(String outcome) {
    return registry.counter("tamas.phones.written", "outcome", outcome).count();
  }

  private static void want(List<Phone> phones, List<TrunkEndpoint> trunks) {
    provisioning.update(phones, trunks);
    eventually("Asterisk has what is wanted", SOON, provisioning::settled);
  }

  private static int registers(int number, String password) throws IOException {
    try (Registration registration =
        new Registration(asterisk.settings().sipPort(), Integer.toString(number), password)) {
      return registration.attempt();
    }
  }

  private static Phone phone(int number, String name, String password) {
    TreeSet<String> groups = new TreeSet<>();
    IntStream.range(0, 60).forEach(i -> groups.add("g".repeat(38) + i));
    return new Phone(
        new ExtensionNumber(Integer.toString(number)),
        name,
        Optional.of("fas"),
        groups,
        5,
        Habits.USUAL,
        new Secret(password));
  }

  private static TrunkEndpoint trunk(int i, String server, String user, String password) {
    return new TrunkEndpoint(
        "t".repeat(36) + "-" + i,
        List.of("10.0." + i + ".1"),
        FALLBACK,
        Optional.empty(),
        Optional.of(new Account(server, user, "@" + user, Optional.of(new Secret(password)))),
        Optional.empty(),
        SipTransport.UDP,
        Srtp.OFF,
        false,
        Habits.USUAL);
  }
}
