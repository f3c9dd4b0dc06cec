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
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.FreePorts;
import io.tamas.number.ExtensionNumber;
import io.tamas.ops.CertificateFiles;
import io.tamas.ops.SipNetwork;
import io.tamas.ops.SipTls;
import io.tamas.ops.TlsFolder;
import io.tamas.ops.TlsSettings;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trunks that register and call out, and emergency numbers, in a real Asterisk.
class TrunksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Vertx VERTX = Vertx.vertx();
  private static final ExtensionNumber FALLBACK = new ExtensionNumber("101");
  private static final int STRANGER = 401;

  @TempDir private static Path folder;
  private static AsteriskServer asterisk;
  private static final int AGI_PORT = FreePorts.take();
  private static AriServer ari;
  private static PhoneProvisioning provisioning;

  private Provider provider;

  @BeforeAll
  static void start() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Config.Ari config =
        new Config.Ari(
            "127.0.0.1", 0, "tamas", new Secret("ari-of-the-lab"), PATIENCE, Duration.ofSeconds(2));
    ari = new AriServer(VERTX, config, "127.0.0.1"::equals, registry);
    provisioning =
        new PhoneProvisioning(
            ari,
            action -> {
              throw new AssertionError("nothing registers as a trunk: " + action.name());
            },
            new EndpointLedger(folder.resolve("endpoints")),
            Provisioned.MEDIA,
            PATIENCE,
            registry);
    ari.listen(provisioning);
    provisioning.start();
    ari.start().await(5, TimeUnit.SECONDS);
    asterisk =
        new AsteriskServer(folder.resolve("data"), AGI_PORT, ari.port(), Optional.of(tls()))
            .start();
    eventually("Asterisk is connected", SOON, ari::connected);
  }

  /// Asterisk trusts the authority of the provider beside those of this machine.
  private static SipTls tls() throws IOException {
    return new SipTls(
        FreePorts.take(),
        certificates("pbx").files(),
        Optional.of(certificates("provider").authority()));
  }

  /// Valid for 127.0.0.1, from an authority of their own.
  private static TlsFolder certificates(String whose) throws IOException {
    TlsFolder certificates = new TlsFolder(folder.resolve(whose));
    certificates.prepare(
        whose, SipNetwork.LOOPBACK, TlsSettings.OWN, TlsSettings.OWN, Instant.now());
    return certificates;
  }

  @AfterAll
  static void stop() throws Exception {
    provisioning.close();
    ari.close().await(5, TimeUnit.SECONDS);
    asterisk.close();
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void open() throws Exception {
    provider = new Provider(asterisk.settings().sipPort(), "right-password");
  }

  @AfterEach
  void close() {
    want();
    provider.close();
  }

  /// With Asterisk's own resolver a name whose name server is silent makes all others wait, and
  /// what is sent minutes later for a call that has ended kills Asterisk.
  @Test
  void eachNameIsLookedUpByItself() {
    String resolver = asterisk.console("module show like res_resolver_unbound");
    assertTrue(resolver.contains("Running"), resolver);
  }

  @Test
  void deletedTrunkIsNoLongerRegistered() {
    want(registering("right-password"));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    want();
    eventually(
        "its registration ends, signed",
        SOON,
        () ->
            provider.latest("REGISTER").contains("Expires: 0")
                && provider.latest("REGISTER").contains("Authorization: Digest"));
  }

  @Test
  void trunkRegistersAndItsCallsAreKnownByWhatItRegistered() {
    want(registering("right-password"));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    assertTrue(provider.contact().startsWith("sip:982191001000@"), provider.contact());

    provider.calls(provider.contact());
    eventually("the call is answered", SOON, () -> provider.status() > 0);
    assertNotEquals(STRANGER, provider.status());

    provider.calls(provider.contact().replaceFirst(";line=.*", ";line=guessed"));
    eventually("the call is answered", SOON, () -> provider.status() > 0);
    assertEquals(STRANGER, provider.status());
  }

  @Test
  void trunkRegistersAndCallsByTcp() throws Exception {
    try (Provider byTcp = new Provider(ProviderLine.Stream.tcp(VERTX), "right-password")) {
      registersAndCalls(byTcp, SipTransport.TCP, "SIP/2.0/TCP ");
    }
  }

  @Test
  void trunkRegistersAndCallsByTlsAtAProviderWhoseAuthorityIsTrusted() throws Exception {
    CertificateFiles identity = certificates("provider").files();
    try (Provider byTls =
        new Provider(ProviderLine.Stream.tls(VERTX, identity), "right-password")) {
      registersAndCalls(byTls, SipTransport.TLS, "SIP/2.0/TLS ");
      assertTrue(byTls.latest("INVITE").contains("RTP/SAVP"), byTls.latest("INVITE"));
    }
  }

  @Test
  void trunkDoesNotSpeakToAnImpostorOfItsProvider() throws Exception {
    CertificateFiles identity = certificates("impostor").files();
    try (Provider impostor =
        new Provider(ProviderLine.Stream.tls(VERTX, identity), "right-password")) {
      want(registering(impostor, SipTransport.TLS));
      eventually(
          "its certificate is refused", SOON, () -> log().contains("certificate is untrusted"));
      assertEquals("", impostor.latest("REGISTER"));
    }
  }

  private static String log() {
    try {
      return Files.readString(folder.resolve("data/logs/asterisk.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void registersAndCalls(Provider at, SipTransport transport, String via)
      throws Exception {
    want(registering(at, transport));
    eventually("it is registered", SOON, () -> !at.contact().isEmpty());
    String name = ";transport=" + transport.name().toLowerCase(Locale.ROOT);
    assertTrue(at.contact().toLowerCase(Locale.ROOT).contains(name), at.contact());
    call("+989351112233", "+982191001001");
    eventually("the provider is called", SOON, () -> !at.latest("INVITE").isEmpty());
    assertTrue(Provider.header("Via", at.latest("INVITE")).startsWith(via));
  }

  /// Encrypted by TLS, its voice is, too.
  private static TrunkEndpoint registering(Provider at, SipTransport transport) {
    Account account =
        new Account(
            at.server(), "982191001000", "982191001000", Optional.of(new Secret("right-password")));
    return new TrunkEndpoint(
        "account",
        List.of(),
        FALLBACK,
        Optional.empty(),
        Optional.of(account),
        Optional.empty(),
        transport,
        transport == SipTransport.TLS ? Srtp.REQUIRED : Srtp.OFF,
        false,
        Habits.USUAL);
  }

  /// RFC 8760: some providers take no MD5 any more, others offer it beside others.
  @ParameterizedTest
  @ValueSource(strings = {"MD5", "SHA-256", "SHA-512-256", "SHA-512-256 SHA-256 MD5"})
  void trunkRegistersAndCallsByTheDigestThatItsProviderWants(String digests) throws Exception {
    provider.wants(digests.split(" ")).challengesCalls();
    want(registering("right-password"));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    call("+989351112233", "+982191001001");
    eventually("the provider takes the call", SOON, () -> provider.takenCalls() == 1);
  }

  @Test
  void trunkSignsInWithANameThatIsNotItsUser() throws Exception {
    provider.challengesCalls();
    Secret password = new Secret("right-password");
    want(
        registering(
            new Account(provider.server(), "982191001000", "a1@ims", Optional.of(password)),
            Optional.empty()));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    String register = provider.latest("REGISTER");
    assertTrue(register.contains("username=\"a1@ims\""), register);
    assertTrue(Provider.header("From", register).contains("<sip:982191001000@"), register);
    call("+989351112233", "+982191001001");
    eventually("the provider takes the call", SOON, () -> provider.takenCalls() == 1);
    String invite = provider.latest("INVITE");
    assertTrue(invite.contains("username=\"a1@ims\""), invite);
    assertTrue(Provider.header("From", invite).contains("<sip:982191001000@"), invite);
  }

  @Test
  void trunkSpeaksToItsProxyAndNamesTheDomain() throws Exception {
    String domain = "sip.provider.example";
    want(
        registering(
            new Account(
                domain, "982191001000", "982191001000", Optional.of(new Secret("right-password"))),
            Optional.of(provider.server())));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    String register = provider.latest("REGISTER");
    assertTrue(register.startsWith("REGISTER sip:" + domain + " SIP/2.0"), register);
    assertTrue(Provider.header("To", register).contains("<sip:982191001000@" + domain), register);
    eventually("it is asked", SOON, () -> provider.count("OPTIONS") > 0);
    String options = provider.latest("OPTIONS");
    assertTrue(options.startsWith("OPTIONS sip:" + domain + " SIP/2.0"), options);
    call("+989351112233", "+982191001001");
    eventually("the proxy is called", SOON, () -> !provider.latest("INVITE").isEmpty());
    String invite = provider.latest("INVITE");
    assertTrue(invite.startsWith("INVITE sip:+989351112233@" + domain + " SIP/2.0"), invite);
    assertTrue(Provider.header("From", invite).contains("@" + domain + ">"), invite);
    assertTrue(Provider.header("To", invite).contains("@" + domain + ">"), invite);
  }

  /// The certificate is valid for the proxy, and not for the domain.
  @Test
  void trunkSpeaksToItsProxyByTls() throws Exception {
    CertificateFiles identity = certificates("provider").files();
    try (Provider byTls =
        new Provider(ProviderLine.Stream.tls(VERTX, identity), "right-password")) {
      Secret password = new Secret("right-password");
      want(
          new TrunkEndpoint(
              "account",
              List.of(),
              FALLBACK,
              Optional.empty(),
              Optional.of(
                  new Account("sip.provider.example", "office", "office", Optional.of(password))),
              Optional.of(byTls.server()),
              SipTransport.TLS,
              Srtp.REQUIRED,
              false,
              Habits.USUAL));
      eventually("it is registered", SOON, () -> !byTls.contact().isEmpty());
      call("+989351112233", "+982191001001");
      eventually("the proxy is called", SOON, () -> !byTls.latest("INVITE").isEmpty());
      String invite = byTls.latest("INVITE");
      assertTrue(invite.startsWith("INVITE sip:+989351112233@sip.provider.example"), invite);
    }
  }

  @Test
  void trunkWithoutAnAccountSpeaksToItsProxyToo() throws Exception {
    want(
        new TrunkEndpoint(
            "account",
            List.of("127.0.0.9"),
            FALLBACK,
            Optional.of("sip.provider.example:5070"),
            Optional.empty(),
            Optional.of(provider.server()),
            SipTransport.UDP,
            Srtp.OFF,
            false,
            Habits.USUAL));
    call("+989351112233", "+982191001001");
    eventually("the proxy is called", SOON, () -> !provider.latest("INVITE").isEmpty());
    String invite = provider.latest("INVITE");
    String domain = "sip.provider.example";
    assertTrue(invite.startsWith("INVITE sip:+989351112233@" + domain + ":5070 SIP/2.0"), invite);
    assertTrue(
        Provider.header("From", invite).contains("<sip:+982191001001@" + domain + ">"), invite);
  }

  @Test
  void newPasswordIsTriedAtOnce() {
    want(registering("wrong-password"));
    eventually(
        "it tried",
        SOON,
        () -> !Provider.header("Authorization", provider.latest("REGISTER")).isEmpty());
    assertEquals("", provider.contact());

    want(registering("right-password"));
    eventually("it is registered", PATIENCE, () -> !provider.contact().isEmpty());
  }

  @Test
  void tamasIsToldTheAccountThatIsCalled() throws Exception {
    want(registering("office-a", "right-password"));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    assertEquals("0 -office-a|", dialled("sip:+982191001005@" + provider.server()));
  }

  /// What Tamas is asked for when the provider calls the account.
  private String dialled(String to) throws IOException {
    try (ServerSocket tamas = new ServerSocket(AGI_PORT, 1, InetAddress.getLoopbackAddress())) {
      tamas.setSoTimeout((int) SOON.toMillis());
      provider.calls(provider.contact(), to);
      try (Socket asked = tamas.accept();
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(asked.getInputStream(), StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .takeWhile(line -> !line.isEmpty())
            .filter(line -> line.startsWith("agi_arg_4: ") || line.startsWith("agi_arg_8: "))
            .map(line -> line.substring("agi_arg_4: ".length()))
            .collect(Collectors.joining(" "));
      }
    }
  }

  @Test
  void registrationOutlivesARestartOfAsterisk() {
    want(registering("right-password"));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    String before = provider.contact();
    asterisk.restart();
    eventually("it registered anew", SOON, () -> !provider.contact().equals(before));
    eventually("Asterisk is connected", SOON, ari::connected);
  }

  @Test
  void registrationThatIsTakenAwayGoes() {
    want(registering("right-password"));
    eventually("it is registered", SOON, () -> !provider.contact().isEmpty());
    want(callingOut());
    assertFalse(asterisk.console("pjsip show registrations").contains("trunk-account"));
    assertEquals("", attribute("endpoint", "outbound_auth"));
    assertEquals("", attribute("endpoint", "from_user"));
  }

  @Test
  void whoHasAnAccountCallsInItsNameAndSaysWhoReallyCalls() throws Exception {
    want(registering("right-password"));
    call("+989351112233", "+982191001001");
    eventually("the provider is called", SOON, () -> !provider.latest("INVITE").isEmpty());
    String invite = provider.latest("INVITE");
    assertTrue(invite.startsWith("INVITE sip:+989351112233@127.0.0.1"), invite);
    assertTrue(Provider.header("From", invite).contains("<sip:982191001000@127.0.0.1>"), invite);
    String asserted = Provider.header("P-Asserted-Identity", invite);
    assertTrue(asserted.contains("<sip:+982191001001@"), invite);
  }

  @Test
  void trunkWithoutAnAccountShowsTheCallersNumberAsItIs() throws Exception {
    want(callingOut());
    call("+989351112233", "+982191001001");
    eventually("the provider is called", SOON, () -> !provider.latest("INVITE").isEmpty());
    String invite = provider.latest("INVITE");
    assertTrue(Provider.header("From", invite).contains("<sip:+982191001001@"), invite);
  }

  @Test
  void emergencyNumbersAreKeptInAsterisk() {
    Config.Ami config =
        new Config.Ami(
            "127.0.0.1",
            asterisk.settings().amiPort(),
            "tamas",
            asterisk.settings().amiPassword(),
            Duration.ofSeconds(2));
    try (AmiClient ami = new AmiClient(config, new SimpleMeterRegistry());
        EmergencyNumbers numbers = new EmergencyNumbers(ami, Duration.ofMillis(200))) {
      numbers.start();
      numbers.update(
          stored(Map.of("110", emergency("110", "a", "b-2"), "9115", emergency("115", "a"))));
      // not connected yet: it is kept for later
      ami.start();
      eventually(
          "110 is kept",
          SOON,
          () -> emergency().contains("110@a@+982191001000@own&110@b-2@+982191001000@own"));
      eventually("115 is kept", SOON, () -> emergency().contains("/tamas-emergency/9115"));
      assertTrue(emergency().contains("115@a@"), emergency());

      numbers.update(stored(Map.of("112", emergency("112", "a"))));
      eventually("112 is kept", SOON, () -> emergency().contains("/tamas-emergency/112"));
      eventually("110 is gone", SOON, () -> !emergency().contains("110"));
      assertTrue(
          asterisk.console("database show tamas-caller").contains("+982191001001@tehran"),
          "the own number and the site of 101 are kept");

      String[] trunks =
          IntStream.range(0, 20)
              .mapToObj("a-trunk-with-a-name-as-long-as-it-may-%02d"::formatted)
              .toArray(String[]::new);
      numbers.update(stored(Map.of("12345678", emergency("12345678", trunks))));
      eventually(
          "the last of many trunks with long names is kept",
          SOON,
          () ->
              asterisk
                  .console("database show tamas-emergency-more")
                  .contains(trunks[19] + "@+982191001000@own"));
    }
  }

  private static List<EmergencyNumbers.Route> emergency(String number, String... trunks) {
    return Stream.of(trunks)
        .map(trunk -> new EmergencyNumbers.Route(number, trunk, Optional.of("+982191001000"), true))
        .toList();
  }

  private static EmergencyNumbers.Stored stored(Map<String, List<EmergencyNumbers.Route>> routes) {
    Map<EmergencyNumbers.Dialled, List<EmergencyNumbers.Route>> numbers = new HashMap<>();
    routes.forEach((digits, ways) ->
        numbers.put(new EmergencyNumbers.Dialled(digits, Optional.empty()), ways));
    EmergencyNumbers.Caller caller =
        new EmergencyNumbers.Caller(Optional.of("+982191001001"), Optional.of("tehran"));
    return new EmergencyNumbers.Stored(numbers, Map.of(new ExtensionNumber("101"), caller));
  }

  private static String emergency() {
    return asterisk.console("database show tamas-emergency");
  }

  private TrunkEndpoint registering(String password) {
    return registering("982191001000", password);
  }

  private TrunkEndpoint registering(String user, String password) {
    return registering(
        new Account(provider.server(), user, user, Optional.of(new Secret(password))),
        Optional.empty());
  }

  private static TrunkEndpoint registering(Account account, Optional<String> proxy) {
    return new TrunkEndpoint(
        "account",
        List.of(),
        FALLBACK,
        Optional.empty(),
        Optional.of(account),
        proxy,
        SipTransport.UDP,
        Srtp.OFF,
        false,
        Habits.USUAL);
  }

  private TrunkEndpoint callingOut() {
    return new TrunkEndpoint(
        "account",
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

  private static void want(TrunkEndpoint... trunks) {
    provisioning.update(List.of(), List.of(trunks));
    eventually("Asterisk has what is wanted", SOON, provisioning::settled);
  }

  private static void call(String number, String callerId) throws Exception {
    ari.request(
            AriRequest.post(
                "channels",
                Map.of(
                    "endpoint",
                    "PJSIP/" + number + "@trunk-account",
                    "extension",
                    "101",
                    "context",
                    "from-phone",
                    "callerId",
                    callerId)))
        .await(5, TimeUnit.SECONDS);
  }

  private static String attribute(String type, String name) {
    try {
      String uri = "asterisk/config/dynamic/res_pjsip/" + type + "/trunk-account";
      for (var field : ari.request(AriRequest.get(uri)).await(5, TimeUnit.SECONDS).json()) {
        if (field.path("attribute").asText().equals(name)) {
          return field.path("value").asText();
        }
      }
      throw new AssertionError("no " + name);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
