package io.tamas.asterisk.phones;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriServer;
import io.tamas.asterisk.ari.ChannelReconciliation;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.FreePorts;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Phones and trunks in a real Asterisk, over the WebSocket that it opens.
class PhoneProvisioningIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Vertx VERTX = Vertx.vertx();
  private static final int ARI_PORT = FreePorts.take();

  @TempDir private static Path folder;
  private static AsteriskServer asterisk;

  private final Map<String, PhoneState> states = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private Tamas tamas = new Tamas();

  /// What of Tamas takes part, as after a start.
  private final class Tamas implements AutoCloseable {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AriServer ari =
        new AriServer(
            VERTX,
            new Config.Ari(
                "127.0.0.1",
                ARI_PORT,
                "tamas",
                new Secret("ari-of-the-lab"),
                PATIENCE,
                Duration.ofSeconds(2)),
            "127.0.0.1"::equals,
            registry);
    private final AmiClient manager = asterisk.manager(registry);
    private final PhoneProvisioning provisioning =
        new PhoneProvisioning(
            ari,
            manager,
            new EndpointLedger(folder.resolve("endpoints")),
            Provisioned.MEDIA,
            PATIENCE,
            registry);
    private final PhoneStates phoneStates =
        new PhoneStates(
            ari,
            (phone, state, at) -> states.put(phone.digits(), state),
            PATIENCE,
            Duration.ofMillis(500));
    private final ChannelReconciliation channels =
        new ChannelReconciliation(
            ari, () -> Set.of("lab-1.1"), (ids, asOf) -> gone.addAll(ids), PATIENCE, PATIENCE);

    Tamas start() throws Exception {
      List.of(provisioning, phoneStates, channels).forEach(ari::listen);
      provisioning.start();
      phoneStates.start();
      channels.start();
      ari.start().await(5, TimeUnit.SECONDS);
      return this;
    }

    @Override
    public void close() throws Exception {
      provisioning.close();
      manager.close();
      phoneStates.close();
      channels.close();
      ari.close().await(5, TimeUnit.SECONDS);
      FreePorts.awaitRelease(ARI_PORT);
    }
  }

  @BeforeAll
  static void startAsterisk() {
    asterisk = new AsteriskServer(folder.resolve("data"), FreePorts.take(), ARI_PORT).start();
  }

  @AfterAll
  static void stopAsterisk() throws Exception {
    asterisk.close();
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void start() throws Exception {
    tamas.start();
    eventually("Asterisk is connected", SOON, tamas.ari::connected);
  }

  @AfterEach
  void stop() throws Exception {
    tamas.close();
  }

  @Test
  void newPhoneIsUsableWithinTwoSeconds() {
    want(phone("101", "password-of-101"));
    settled();
    watch("101", "102");
    long saved = System.nanoTime();
    want(phone("101", "password-of-101"), phone("102", "password-of-102"));
    eventually("102 registers", Duration.ofSeconds(2), () -> registers("102", "password-of-102"));
    assertTrue(System.nanoTime() - saved < 2_000_000_000L);

    eventually("101 is away", SOON, () -> states.get("101") == PhoneState.UNREACHABLE);
    assertEquals(
        "\"Name of 102\" <102>",
        attribute("asterisk/config/dynamic/res_pjsip/endpoint/102", "callerid"));
  }

  @Test
  void registeredPhoneIsIdle() throws Exception {
    want(phone("111", "password-of-111"));
    settled();
    watch("111");
    try (Registration phone = registration("111", "password-of-111")) {
      assertEquals(200, phone.attempt());
      phone.stay();
      eventually("111 is idle", SOON, () -> states.get("111") == PhoneState.IDLE);
    }
  }

  @Test
  void changeThatAsteriskLostWhenItWasKilledIsMadeAgain() throws Exception {
    want(phone("112", "first-password"));
    settled();
    eventually("112 is on disk", SOON, () -> onDisk("first-password"));
    want(phone("112", "other-password"));
    settled();
    asterisk.kill();
    asterisk.start();
    eventually("Asterisk is back", SOON, tamas.ari::connected);
    settled();

    assertTrue(registers("112", "other-password"));
  }

  @Test
  void removedPhoneIsRefused() {
    want(phone("103", "password-of-103"));
    settled();
    eventually("103 registers", SOON, () -> registers("103", "password-of-103"));
    want();
    settled();

    assertFalse(registers("103", "password-of-103"));
    assertEquals(404, status("asterisk/config/dynamic/res_pjsip/auth/103"));
    assertEquals(404, status("asterisk/config/dynamic/res_pjsip/aor/103"));
    assertEquals(404, status("endpoints/PJSIP/103"));
  }

  @Test
  void whoRegistersWhileAPasswordIsReplacedIsToldThatItIsWrong() throws Exception {
    want(phone("129", "password-0"));
    settled();
    Set<Integer> told = new TreeSet<>();
    try (Registration stranger = registration("129", "password-of-nobody")) {
      for (int i = 1; i <= 10; i++) {
        want(phone("129", "password-" + i));
        while (!tamas.provisioning.settled()) {
          told.add(stranger.attempt());
        }
      }
    }
    assertEquals(Set.of(401), told);
  }

  @Test
  void newPasswordCountsAtOnce() {
    want(phone("104", "first-password"));
    settled();
    eventually("104 registers", SOON, () -> registers("104", "first-password"));
    want(phone("104", "other-password"));
    settled();

    assertFalse(registers("104", "first-password"));
    assertTrue(registers("104", "other-password"));
  }

  @Test
  void nextOwnerOfANumberHasNoRegistrationOfTheOneBefore() throws Exception {
    want(phone("105", "password-of-the-first"));
    settled();
    try (Registration first = registration("105", "password-of-the-first")) {
      assertEquals(200, first.attempt());
      first.stay();
      want();
      settled();
      want(phone("105", "password-of-the-next"));
      settled();

      assertEquals("", contacts("105"));
      assertFalse(registers("105", "password-of-the-first"));
    }
  }

  @Test
  void registrationOfTheOneBeforeEndsAlsoIfTamasWasAwayWhileTheNumberChangedHands()
      throws Exception {
    want(phone("106", "password-of-the-first"), phone("107", "password-of-107"));
    settled();
    try (Registration first = registration("106", "password-of-the-first");
        Registration other = registration("107", "password-of-107")) {
      assertEquals(200, first.attempt());
      assertEquals(200, other.attempt());
      first.stay();
      other.stay();
      tamas.close();
      asterisk.restart();
      tamas = new Tamas().start();
      want(phone("106", "password-of-the-next"), phone("107", "password-of-107"));
      eventually("Asterisk is back", SOON, tamas.ari::connected);
      settled();

      assertEquals("", contacts("106"));
      assertNotEquals("", contacts("107"));
    }
  }

  @Test
  void registrationThatAnEarlierVersionLeftEndsBeforeTheNumberIsUsedAgain() throws Exception {
    want(phone("108", "password-of-the-first"));
    settled();
    try (Registration first = registration("108", "password-of-the-first")) {
      assertEquals(200, first.attempt());
      first.stay();
      for (String object : List.of("auth", "aor", "endpoint")) {
        status(AriRequest.delete("asterisk/config/dynamic/res_pjsip/" + object + "/108"));
      }
      want(phone("108", "password-of-the-next"));
      settled();

      assertEquals("", contacts("108"));
    }
  }

  @Test
  void otherChangesOfAPhoneKeepItsRegistration() throws Exception {
    want(phone("109", "password-of-109"));
    settled();
    try (Registration phone = registration("109", "password-of-109")) {
      assertEquals(200, phone.attempt());
      phone.stay();
      want(
          new Phone(
              new ExtensionNumber("109"),
              "Another name",
              Optional.empty(),
              new TreeSet<>(),
              1,
              Habits.USUAL,
              new Secret("password-of-109")));
      settled();

      assertNotEquals("", contacts("109"));
    }
  }

  @Test
  void addressesOfATrunkComeAndGo() {
    wantTrunk("127.0.0.2", "10.1.0.0/16");
    String two = asterisk.console("pjsip show identifies");
    assertTrue(two.contains("127.0.0.2/32") && two.contains("10.1.0.0/16"), two);
    assertEquals(
        "101", attribute("asterisk/config/dynamic/res_pjsip/endpoint/trunk-demo", "accountcode"));

    wantTrunk("127.0.0.3");
    String one = asterisk.console("pjsip show identifies");
    assertTrue(one.contains("127.0.0.3/32"), one);
    assertFalse(one.contains("127.0.0.2/32") || one.contains("10.1.0.0/16"), one);

    tamas.provisioning.update(List.of(), List.of());
    settled();
    String none = asterisk.console("pjsip show identifies");
    assertFalse(none.contains("trunk-demo"), none);
  }

  @Test
  void phonesOutliveARestartOfAsteriskWithoutTamas() throws Exception {
    want(phone("105", "password-of-105"));
    settled();
    eventually("105 is on disk", SOON, () -> onDisk("password-of-105"));
    tamas.close();
    asterisk.kill();
    asterisk.start();
    eventually("105 registers", SOON, () -> registers("105", "password-of-105"));

    tamas = new Tamas().start();
    want(phone("105", "password-of-105"));
    settled();
    watch("105");
    eventually("105 is known", SOON, () -> states.containsKey("105"));
  }

  @Test
  void restartedAsteriskIsReconciled() {
    want(phone("106", "password-of-106"));
    settled();
    watch("106");
    eventually("106 is known", SOON, () -> states.containsKey("106"));
    asterisk.kill();
    eventually("states are unknown", SOON, () -> states.get("106") == PhoneState.UNKNOWN);
    want(phone("106", "password-of-106"), phone("107", "password-of-107"));
    gone.clear();
    asterisk.start();

    eventually("Asterisk is back", SOON, tamas.ari::connected);
    assertTrue(tamas.ari.peer().orElseThrow().restarted());
    settled();
    assertTrue(registers("107", "password-of-107"));
    eventually("no ghost is left", SOON, () -> gone.contains("lab-1.1"));
    eventually("states are known", SOON, () -> states.get("106") == PhoneState.UNREACHABLE);
  }

  @Test
  void whatWasRemovedWhileAsteriskWasAwayGoesAfterARestartOfTamas() throws Exception {
    want(phone("108", "password-of-108"), phone("109", "password-of-109"));
    settled();
    tamas.close();

    tamas = new Tamas().start();
    want(phone("108", "password-of-108"));
    settled();
    assertEquals(404, status("endpoints/PJSIP/109"));
    assertEquals(200, status("endpoints/PJSIP/108"));
  }

  @Test
  void endpointThatAsteriskLostIsWrittenAgain() throws Exception {
    want(phone("110", "password-of-110"));
    settled();
    tamas
        .ari
        .request(AriRequest.delete("asterisk/config/dynamic/res_pjsip/endpoint/110"))
        .await(5, TimeUnit.SECONDS);
    tamas.close();

    tamas = new Tamas().start();
    want(phone("110", "password-of-110"));
    settled();
    assertEquals(200, status("endpoints/PJSIP/110"));
  }

  private void want(Phone... phones) {
    tamas.provisioning.update(List.of(phones), List.of());
  }

  private void wantTrunk(String... addresses) {
    tamas.provisioning.update(
        List.of(),
        List.of(
            new TrunkEndpoint(
                "demo",
                List.of(addresses),
                new ExtensionNumber("101"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SipTransport.UDP,
                Srtp.OFF,
                false,
                Habits.USUAL)));
    settled();
  }

  private void settled() {
    eventually("Asterisk has what is wanted", SOON, tamas.provisioning::settled);
  }

  private void watch(String... numbers) {
    List<ExtensionNumber> phones = new ArrayList<>();
    for (String number : numbers) {
      phones.add(new ExtensionNumber(number));
    }
    tamas.phoneStates.watch(phones);
  }

  /// The ids of the contacts in Asterisk's database.
  private static String contacts(String aor) {
    return asterisk
        .console("database show registrar")
        .lines()
        .filter(line -> line.startsWith("/registrar/contact/" + aor + ";@"))
        .collect(Collectors.joining());
  }

  private int status(String uri) {
    return status(AriRequest.get(uri));
  }

  private int status(AriRequest request) {
    try {
      return tamas.ari.request(request).await(5, TimeUnit.SECONDS).status();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private String attribute(String uri, String name) {
    try {
      var fields = tamas.ari.request(AriRequest.get(uri)).await(5, TimeUnit.SECONDS).json();
      for (var field : fields) {
        if (field.path("attribute").asText().equals(name)) {
          return field.path("value").asText();
        }
      }
      throw new AssertionError("no " + name + " in " + fields);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether a text is in the file of Asterisk's database.
  private static boolean onDisk(String text) {
    try {
      Path file = asterisk.settings().folder().resolve("lib/astdb.sqlite3");
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Registration registration(String user, String password) throws IOException {
    return new Registration(asterisk.settings().sipPort(), user, password);
  }

  private static boolean registers(String user, String password) {
    try (Registration registration = registration(user, password)) {
      return registration.attempt() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Phone phone(String number, String password) {
    return new Phone(
        new ExtensionNumber(number),
        "Name of " + number,
        Optional.empty(),
        new TreeSet<>(),
        1,
        Habits.USUAL,
        new Secret(password));
  }
}
