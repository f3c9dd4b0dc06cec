package io.tamas.asterisk.phones;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.asterisk.ari.AriServer;
import io.tamas.asterisk.phones.PjsipObject.Field;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.FreePorts;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a real Asterisk holds becomes what it should hold: after changes, after its death at any
/// moment, and after others changed it.
class ProvisioningRepairIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Vertx VERTX = Vertx.vertx();
  private static final int ARI_PORT = FreePorts.take();
  private static final ExtensionNumber FALLBACK = new ExtensionNumber("101");
  private static final String PASSWORD = "password-of-101";

  @TempDir private static Path folder;
  private static AsteriskServer asterisk;

  private final List<TrunkEndpoint> trunks = new ArrayList<>();
  private final List<Phone> phones = new ArrayList<>();
  private Tamas tamas = new Tamas();
  private Provider old;
  private Provider now;

  private static final class Tamas implements AutoCloseable {
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
                Duration.ofSeconds(5)),
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

    Tamas start() throws Exception {
      ari.listen(provisioning);
      provisioning.start();
      ari.start().await(5, TimeUnit.SECONDS);
      return this;
    }

    double written(String outcome) {
      return registry.counter("tamas.phones.written", "outcome", outcome).count();
    }

    @Override
    public void close() throws Exception {
      provisioning.close();
      manager.close();
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
    old = new Provider(asterisk.settings().sipPort(), "right-password");
    now = new Provider(asterisk.settings().sipPort(), "right-password");
    eventually("Tamas listens on its port", SOON, this::starts);
    eventually("Asterisk is connected", SOON, tamas.ari::connected);
  }

  @AfterEach
  void stop() throws Exception {
    phones.clear();
    want();
    tamas.close();
    old.close();
    now.close();
  }

  @Test
  void serverThatWasReplacedIsNotCalledAnyMore() throws Exception {
    want(callingTo(old));
    callsReach(old);
    want(callingTo(now));
    callsReach(now);
    assertEquals(1, old.count("INVITE"));
    assertEquals(List.of("sip:" + now.server()), values("aor/trunk-out", "contact"));

    asterisk.restart();
    eventually("Asterisk is back", SOON, tamas.ari::connected);
    settled();
    callsReach(now);
    assertEquals(1, old.count("INVITE"));
    assertEquals(List.of("sip:" + now.server()), values("aor/trunk-out", "contact"));
  }

  @Test
  void serverThatWasReplacedRightBeforeAsteriskWasKilledIsNotCalledAnyMore() throws Exception {
    want(callingTo(old));
    callsReach(old);
    want(callingTo(now));
    asterisk.kill();
    asterisk.start();
    eventually("Asterisk is back", SOON, tamas.ari::connected);
    settled();
    callsReach(now);
    assertEquals(1, old.count("INVITE"));
    assertEquals(List.of("sip:" + now.server()), values("aor/trunk-out", "contact"));
  }

  @Test
  void accountThatWasMovedRegistersAtTheNewServerOnly() {
    want(registeringAt(old, "right-password"));
    eventually("it is registered", SOON, () -> !old.contact().isEmpty());
    want(registeringAt(now, "right-password"));
    eventually("it is registered at the new one", SOON, () -> !now.contact().isEmpty());
    assertEquals(List.of("sip:" + now.server()), values("registration/trunk-out", "server_uri"));
    assertEquals(List.of("sip:" + now.server()), values("aor/trunk-out", "contact"));
  }

  @Test
  void nothingIsWrittenWhereNothingDiffers() throws Exception {
    phones.add(phone("101", "فروش, (a)", PASSWORD));
    phones.add(phone("102", "\"", PASSWORD));
    want(
        new TrunkEndpoint(
            "v6",
            List.of("2001:DB8:0::1", "2001:db8:1::/48", "10.1.2.3/8", "0.0.0.0/0"),
            FALLBACK,
            Optional.of("[2001:db8::2]:5070"),
            Optional.empty(),
            Optional.empty(),
            SipTransport.UDP,
            Srtp.OFF,
            false,
            Habits.USUAL),
        registeringAt(now, "right-password"));
    eventually("it is registered", SOON, () -> !now.contact().isEmpty());
    long registrations = now.count("REGISTER");
    reconnect();

    assertEquals(4, tamas.written("unchanged"));
    assertEquals(0, tamas.written("done"));
    assertEquals(registrations, now.count("REGISTER"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          endpoint/101           | context           | elsewhere
          endpoint/101           | acl               | somebody
          endpoint/101           | auth              | 999
          endpoint/101           | named_pickup_group | others
          endpoint/101           | callerid          | "Somebody" <999>
          endpoint/101           | transport         | transport-udp
          auth/101               | password          | known-to-others
          aor/101                | contact           | sip:stranger@127.0.0.1:9
          aor/101                | max_contacts      | 99
          endpoint/trunk-out     | outbound_auth     |
          endpoint/trunk-out     | from_user         | somebody
          auth/trunk-out         | username          | somebody
          aor/trunk-out          | contact           | sip:127.0.0.1:9
          identify/trunk-out.0   | match             | 127.0.0.99
          identify/trunk-out.0   | match_header      | X-Somebody: 1
          registration/trunk-out | server_uri        | sip:127.0.0.1:9
          """)
  void changeByOthersIsUndone(String object, String attribute, String value) throws Exception {
    phones.add(phone("101", "Sara", PASSWORD));
    want(registeringAt(now, "right-password"));
    Map<String, List<String>> before = held(object);
    Map<String, String> change =
        Map.of("attribute", attribute, "value", value == null ? "" : value);
    assertEquals(
        200, ask(AriRequest.put(uri(object), Map.of("fields", List.of(change)))).status(), object);
    assertNotEquals(before, held(object));
    reconnect();

    assertEquals(before, held(object));
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint/101",
    "auth/101",
    "aor/101",
    "endpoint/trunk-out",
    "aor/trunk-out",
    "identify/trunk-out.0",
    "auth/trunk-out",
    "registration/trunk-out"
  })
  void whatOthersDeletedIsWrittenAgain(String object) throws Exception {
    phones.add(phone("101", "Sara", PASSWORD));
    want(registeringAt(now, "right-password"));
    Map<String, List<String>> before = held(object);
    ask(AriRequest.delete(uri(object)));
    reconnect();

    assertEquals(before, held(object));
  }

  @Test
  void changedPhoneRemainsRegisteredAndItsContactDoesNotBecomePermanent() throws Exception {
    phones.add(phone("101", "Sara", PASSWORD));
    want();
    try (Registration phone = new Registration(asterisk.settings().sipPort(), "101", PASSWORD)) {
      eventually("101 registers", SOON, () -> status(phone) == 200);
      phones.set(0, phone("101", "Leila", PASSWORD));
      want();

      assertEquals(1, contacts().size());
      assertFalse(database("ps_aors").contains("sip:101@"), database("ps_aors"));
    }
  }

  @Test
  void registeredPhoneOutlivesThatItsAorIsWrittenAgain() throws Exception {
    phones.add(phone("101", "Sara", PASSWORD));
    want();
    try (Registration phone = new Registration(asterisk.settings().sipPort(), "101", PASSWORD)) {
      eventually("101 registers", SOON, () -> status(phone) == 200);
      String registered = database("registrar");
      List<String> most = values("aor/101", "max_contacts");
      // Asterisk makes its contact permanent
      Field field = new Field("max_contacts", "9");
      ask(new PjsipObject("aor", "101", List.of(field)).put());
      assertTrue(database("ps_aors").contains("sip:101@"), database("ps_aors"));
      reconnect();

      assertFalse(database("ps_aors").contains("sip:101@"), database("ps_aors"));
      assertEquals(registered, database("registrar"));
      assertEquals(1, contacts().size());
      assertEquals(most, values("aor/101", "max_contacts"));
    }
  }

  private static List<String> contacts() {
    return asterisk
        .console("pjsip show contacts")
        .lines()
        .filter(line -> line.contains("sip:101@"))
        .toList();
  }

  private static String database(String family) {
    return asterisk.console("database show " + family);
  }

  private static int status(Registration phone) {
    try {
      return phone.attempt();
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  /// A call over the trunk reaches exactly this provider.
  private void callsReach(Provider provider) throws Exception {
    long before = provider.count("INVITE");
    ask(
        AriRequest.post(
            "channels",
            Map.of(
                "endpoint", "PJSIP/+989351112233@trunk-out",
                "extension", "101",
                "context", "from-phone",
                "callerId", "+982191001001")));
    eventually("the provider is called", SOON, () -> provider.count("INVITE") == before + 1);
    eventually(
        "the call is over",
        SOON,
        () -> asterisk.console("core show channels").contains("0 active"));
  }

  private void reconnect() throws Exception {
    tamas.close();
    tamas = new Tamas();
    eventually("Tamas listens on its port again", SOON, this::starts);
    tamas.provisioning.update(phones, trunks);
    eventually("Asterisk is connected", SOON, tamas.ari::connected);
    settled();
  }

  /// The kernel may hold the port of the one before for a moment longer.
  private boolean starts() {
    try {
      tamas.start();
      return true;
    } catch (Exception e) {
      tamas.provisioning.close();
      tamas.manager.close();
      tamas = new Tamas();
      return false;
    }
  }

  private void want(TrunkEndpoint... some) {
    trunks.clear();
    trunks.addAll(List.of(some));
    tamas.provisioning.update(phones, trunks);
    settled();
  }

  private void settled() {
    eventually("Asterisk has what is wanted", SOON, tamas.provisioning::settled);
  }

  private static TrunkEndpoint callingTo(Provider provider) {
    return new TrunkEndpoint(
        "out",
        List.of("127.0.0.9"),
        FALLBACK,
        Optional.of(provider.server()),
        Optional.empty(),
        Optional.empty(),
        SipTransport.UDP,
        Srtp.OFF,
        false,
        Habits.USUAL);
  }

  private static TrunkEndpoint registeringAt(Provider provider, String password) {
    Account account =
        new Account(
            provider.server(), "982191001000", "982191001000", Optional.of(new Secret(password)));
    return new TrunkEndpoint(
        "out",
        List.of("127.0.0.9"),
        FALLBACK,
        Optional.empty(),
        Optional.of(account),
        Optional.empty(),
        SipTransport.UDP,
        Srtp.OFF,
        false,
        Habits.USUAL);
  }

  private static Phone phone(String number, String name, String password) {
    return new Phone(
        new ExtensionNumber(number),
        name,
        Optional.of("fa"),
        new TreeSet<>(List.of("sales", "back-office")),
        5,
        Habits.USUAL,
        new Secret(password));
  }

  private List<String> values(String object, String attribute) {
    return held(object).getOrDefault(attribute, List.of());
  }

  private Map<String, List<String>> held(String object) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    HeldObject.of(ask(AriRequest.get(uri(object)))).ifPresent(one -> fields.putAll(one.fields()));
    return fields;
  }

  private static String uri(String object) {
    return "asterisk/config/dynamic/res_pjsip/" + object;
  }

  private AriResponse ask(AriRequest request) {
    try {
      return tamas.ari.request(request).await(5, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
