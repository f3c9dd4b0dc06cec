package io.tamas.asterisk.phones;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.asterisk.ami.SignInWatch;
import io.tamas.asterisk.ari.AriServer;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.Fail2Ban;
import io.tamas.lab.FreePorts;
import io.tamas.lab.Trust;
import io.tamas.number.ExtensionNumber;
import io.tamas.ops.SipNetwork;
import io.tamas.ops.SipTls;
import io.tamas.ops.TlsFolder;
import io.tamas.ops.TlsSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who guesses passwords, in a real Asterisk.
class SignInDefenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int LIMIT = 5;

  @TempDir private Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private TlsFolder certificates;
  private AsteriskServer asterisk;
  private AriServer ari;
  private AmiClient manager;
  private PhoneProvisioning provisioning;
  private SignInDefence defence;
  private SignInWatch watch;

  private record Told(String address, String account, long failures, Optional<Instant> until) {}

  @BeforeEach
  void start() throws Exception {
    ari =
        new AriServer(
            vertx,
            new Config.Ari(
                "127.0.0.1",
                0,
                "tamas",
                new Secret("ari-of-the-lab"),
                PATIENCE,
                Duration.ofSeconds(2)),
            "127.0.0.1"::equals,
            registry);
    provisioning =
        new PhoneProvisioning(
            ari,
            action -> manager.send(action),
            new EndpointLedger(folder.resolve("endpoints")),
            Provisioned.MEDIA,
            PATIENCE,
            registry);
    defence =
        new SignInDefence(
            ari,
            LIMIT,
            Duration.ofSeconds(6),
            (address, account, failures, until) ->
                told.add(new Told(address, account, failures, until)),
            PATIENCE,
            Clock.systemUTC(),
            registry);
    List.of(provisioning, defence).forEach(ari::listen);
    provisioning.start();
    defence.start();
    ari.start().await(5, TimeUnit.SECONDS);
    certificates = new TlsFolder(folder.resolve("tls"));
    certificates.prepare(
        "lab", SipNetwork.LOOPBACK, TlsSettings.OWN, TlsSettings.OWN, Instant.now());
    SipTls tls = new SipTls(FreePorts.take(), certificates.files(), Optional.empty());
    asterisk =
        new AsteriskServer(folder.resolve("data"), FreePorts.take(), ari.port(), Optional.of(tls));
    manager = asterisk.manager(registry);
    watch =
        new SignInWatch(
            new Config.Ami(
                "127.0.0.1",
                asterisk.settings().amiPort(),
                "tamas",
                asterisk.settings().amiPassword(),
                Duration.ofSeconds(2)),
            new SignInWatch.Listeners(
                defence::onSignIn, _ -> {}, _ -> {}, _ -> {}, _ -> {}, _ -> {}, _ -> {}),
            registry);
    watch.start();
    asterisk.start();
    provisioning.update(
        List.of(
            new Phone(
                new ExtensionNumber("101"),
                "Sara",
                Optional.empty(),
                new TreeSet<>(),
                10,
                Habits.USUAL,
                new Secret("password-of-101"))),
        List.of());
    eventually("101 is there", SOON, provisioning::settled);
    eventually("sign-ins are watched", SOON, watch::connected);
  }

  @AfterEach
  void stop() throws Exception {
    watch.close();
    defence.close();
    provisioning.close();
    manager.close();
    ari.close().await(5, TimeUnit.SECONDS);
    asterisk.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void aGuessingAddressIsBlockedForAWhileAndReported() {
    for (int i = 0; i < LIMIT; i++) {
      assertEquals(401, signIn("127.0.5.1", "101", "guess-" + i));
    }
    eventually("it is shut out", SOON, () -> signIn("127.0.5.1", "101", "password-of-101") == 403);
    eventually("it is told", SOON, () -> told.getLast().until().isPresent());
    assertEquals("101", told.getLast().account());
    assertEquals("127.0.5.1", told.getLast().address());

    assertEquals(200, signIn("127.0.5.2", "101", "password-of-101"));
    eventually("it is let in", SOON, () -> signIn("127.0.5.1", "101", "password-of-101") == 200);
  }

  @Test
  void aGuessingAddressIsBlockedForUdpAndForTcp() throws IOException {
    for (int i = 0; i < LIMIT; i++) {
      assertEquals(401, signInByTcp("127.0.5.6", "guess-" + i));
    }
    eventually("it is shut out", SOON, () -> signIn("127.0.5.6", "101", "password-of-101") == 403);
    assertEquals(403, signInByTcp("127.0.5.6", "password-of-101"));
    assertEquals(200, signInByTcp("127.0.5.7", "password-of-101"));
  }

  @Test
  void fail2banFindsTheBlockedAddressInTheLogAndNoOther() throws Exception {
    try (Fail2Ban fail2ban = new Fail2Ban(SignInDefence.class)) {
      signIn("127.0.5.10", "until\":\"x", "forged");
      for (int i = 0; i < LIMIT; i++) {
        signIn("127.0.5.11", "101", "guess-" + i);
      }
      eventually("it is told", SOON, () -> told.stream().anyMatch(one -> one.until().isPresent()));
      assertEquals(
          List.of("127.0.5.11"), fail2ban.finds("tamas-sip.conf", folder.resolve("fail2ban")));
    }
  }

  @Test
  void aGuessingAddressIsBlockedForTlsToo() throws IOException {
    for (int i = 0; i < LIMIT; i++) {
      assertEquals(401, signInByTls("127.0.5.8", "guess-" + i));
    }
    eventually("it is shut out", SOON, () -> signIn("127.0.5.8", "101", "password-of-101") == 403);
    assertEquals(403, signInByTls("127.0.5.8", "password-of-101"));
    assertEquals(200, signInByTls("127.0.5.9", "password-of-101"));
  }

  private int signInByTls(String from, String password) throws IOException {
    int port = asterisk.settings().tls().orElseThrow().port();
    SSLContext trust = Trust.in(certificates.authority());
    try (Registration registration = Registration.byTls(from, port, trust, "101", password)) {
      return registration.attempt();
    }
  }

  @Test
  void officeOfAPhoneWithAWrongPasswordIsNotBlocked() {
    assertEquals(200, signIn("127.0.5.3", "101", "password-of-101"));
    for (int i = 0; i < 2 * LIMIT; i++) {
      assertEquals(401, signIn("127.0.5.3", "101", "guess-" + i));
    }
    eventually("it is told", SOON, () -> told.stream().anyMatch(one -> one.failures() == 10));
    assertEquals(200, signIn("127.0.5.3", "101", "password-of-101"));
  }

  @Test
  void accountThatDoesNotExistIsReported() {
    assertEquals(401, signIn("127.0.5.4", "admin", "admin"));
    eventually(
        "it is told", SOON, () -> told.stream().anyMatch(one -> one.account().equals("admin")));
  }

  @Test
  void addressesBlockedByAnEarlierTamasAreUnblocked() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      signIn("127.0.5.5", "101", "guess-" + i);
    }
    eventually("it is shut out", SOON, () -> signIn("127.0.5.5", "101", "password-of-101") == 403);
    defence.close();
    SignInDefence next =
        new SignInDefence(
            ari,
            LIMIT,
            Duration.ofDays(1),
            (address, account, failures, until) -> {},
            PATIENCE,
            Clock.systemUTC(),
            registry);
    next.start();
    next.online(ari.peer().orElseThrow());
    eventually("it is let in", SOON, () -> signIn("127.0.5.5", "101", "password-of-101") == 200);
    next.close();
  }

  private int signInByTcp(String from, String password) throws IOException {
    int port = asterisk.settings().sipPort();
    try (Registration registration = Registration.byTcp(from, port, "101", password)) {
      return registration.attempt();
    }
  }

  private int signIn(String from, String account, String password) {
    try (Registration registration =
        new Registration(from, asterisk.settings().sipPort(), account, password)) {
      return registration.attempt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
