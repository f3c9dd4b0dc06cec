package io.tamas.lab;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.agi.AgiServer;
import io.tamas.call.RouteScript;
import io.tamas.company.Company;
import io.tamas.company.Destination;
import io.tamas.company.Directory;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.crm.Caller;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The part of Tamas that a call needs to be led: the AGI server and the rules, with a company in
/// memory. Phones and trunks are written into a file of Asterisk. No database, no ARI.
final class SmallOffice implements Office {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final AsteriskServer asterisk;
  private final int port;
  private final Vertx vertx = Vertx.vertx();
  private final List<Company.Extension> extensions = new ArrayList<>();
  private final List<Company.Trunk> trunks = new ArrayList<>();
  private final List<Company.Announcement> announcements = new ArrayList<>();
  private final List<Company.RingGroup> groups = new ArrayList<>();
  private final List<Company.InboundRoute> routes = new ArrayList<>();
  private volatile Directory directory = snapshot();
  private @Nullable AgiServer agi;
  private @Nullable ServerSocket deaf;

  SmallOffice(AsteriskServer asterisk, int port) {
    this.asterisk = asterisk;
    this.port = port;
    recovers();
  }

  @Override
  public Secret extension(String number, String name, boolean recorded) {
    Secret password = new Secret("secret-of-" + number);
    extensions.add(
        new Company.Extension(
            new ExtensionNumber(number),
            name,
            Set.of(),
            recorded,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    directory = snapshot();
    provision(
        """
        [%1$s]
        type = endpoint
        context = from-phone
        allow = alaw
        identify_by = username
        auth = %1$s
        aors = %1$s
        callerid = "%2$s" <%1$s>
        direct_media = no
        trust_id_inbound = no
        [%1$s]
        type = auth
        auth_type = digest
        username = %1$s
        password = %3$s
        [%1$s]
        type = aor
        max_contacts = 1
        remove_existing = yes

        """
            .formatted(number, name, password.reveal()));
    return password;
  }

  @Override
  public void trunk(String name, String address, String fallback) {
    trunks.add(
        new Company.Trunk(
            name, new NumberingPlan("IR", "21"), List.of(address), new ExtensionNumber(fallback)));
    directory = snapshot();
    provision(
        """
        [trunk-%1$s]
        type = endpoint
        context = from-trunk
        allow = alaw
        identify_by = ip
        accountcode = %3$s
        direct_media = no
        trust_id_inbound = no
        [trunk-%1$s]
        type = identify
        endpoint = trunk-%1$s
        match = %2$s

        """
            .formatted(name, address, fallback));
  }

  /// As ARI does it for the product, but through a file.
  private void provision(String objects) {
    Path file = asterisk.settings().data().resolve("pjsip.local.conf");
    try {
      Files.writeString(file, objects, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    asterisk.console("module reload res_pjsip.so");
    asterisk.console("module reload res_pjsip_endpoint_identifier_ip.so");
  }

  @Override
  public void route(
      String trunk, String number, String destination, Duration ring, boolean recorded) {
    routes.add(
        new Company.InboundRoute(
            "route-" + (routes.size() + 1),
            routes.size() + 1,
            Optional.of(trunk),
            List.of(number),
            Optional.empty(),
            Destination.parse(destination),
            Optional.empty(),
            ring,
            recorded));
    directory = snapshot();
  }

  @Override
  public String ringAll(List<String> members, Duration ring) {
    return group(Company.Strategy.RING_ALL, members, ring);
  }

  @Override
  public String ringInOrder(List<String> members, Duration ring) {
    return group(Company.Strategy.IN_ORDER, members, ring);
  }

  private String group(Company.Strategy strategy, List<String> members, Duration ring) {
    String name = "group-" + (groups.size() + 1);
    groups.add(
        new Company.RingGroup(
            name, strategy, members.stream().map(ExtensionNumber::new).toList(), ring));
    directory = snapshot();
    return "ring-group:" + name;
  }

  @Override
  public String announcement(String sound) {
    String name = "announcement-" + (announcements.size() + 1);
    announcements.add(new Company.Announcement(name, sound));
    directory = snapshot();
    return "announcement:" + name;
  }

  private Directory snapshot() {
    return Directory.of(
        new Company(
            1,
            List.of(),
            List.copyOf(extensions),
            List.copyOf(trunks),
            List.of(),
            List.copyOf(announcements),
            List.copyOf(groups),
            List.copyOf(routes)));
  }

  /// The kernel goes on accepting connections for a process that does nothing.
  @Override
  public void freezes() {
    dies();
    try {
      deaf = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void dies() {
    AgiServer running = agi;
    if (running != null) {
      agi = null;
      await(running.close());
    }
    ServerSocket open = deaf;
    if (open != null) {
      deaf = null;
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void recovers() {
    if (agi == null) {
      dies();
      var script =
          new RouteScript(
              () -> directory, (_, _) -> Caller.unknown(), Clock.systemUTC(), UUID::randomUUID);
      var server =
          new AgiServer(vertx, config(), Map.of("route", script), new SimpleMeterRegistry());
      await(server.start());
      agi = server;
    }
  }

  private Config.Agi config() {
    return new Config.Agi(
        "127.0.0.1",
        port,
        List.of("127.0.0.1"),
        1000,
        1000,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofMillis(1500));
  }

  private static <T> void await(Future<T> future) {
    try {
      future.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + DEADLINE, e);
    }
  }

  @Override
  public void close() {
    dies();
    await(vertx.close());
  }
}
