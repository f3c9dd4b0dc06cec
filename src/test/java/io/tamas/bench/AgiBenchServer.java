package io.tamas.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tamas.asterisk.agi.AgiServer;
import io.tamas.call.decision.RouteScript;
import io.tamas.company.Directory;
import io.tamas.config.Config;
import io.tamas.crm.Caller;
import io.tamas.lab.FreePorts;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Circumstances;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;

/// One of the servers, in a process of its own: prints its port and runs until its input ends.
final class AgiBenchServer {
  /// What the route script sends for the call of the benchmark: the caller's name, and all the
  /// rest. Asterisk-Java's server sends one, with all the rest, and adds a variable of its own.
  static final int COMMANDS = 2;

  private AgiBenchServer() {}

  public static void main(String[] args) throws Exception {
    int port =
        switch (args[0]) {
          case "tamas" -> tamas();
          case "asterisk-java" -> asteriskJava();
          case "bare" -> new BareAgiServer(COMMANDS, 300).start();
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println(port);
    while (System.in.read() >= 0) {
      // Until the benchmark closes the pipe.
    }
    System.exit(0);
  }

  private static int tamas() throws Exception {
    Directory company = Directory.of(BenchCompany.of(5_000));
    Cache<PhoneNumber, Caller> cache = Caffeine.newBuilder().maximumSize(10_000).build();
    Caller known = new Caller(List.of(new Caller.Candidate(42, "علی رضایی")));
    RouteScript script =
        new RouteScript(
            () -> company,
            Circumstances.CALM,
            (number, _) -> cache.get(number, _ -> known),
            _ -> false,
            Clock.systemUTC(),
            UUID::randomUUID);
    Config.Agi config =
        new Config.Agi(
            "127.0.0.1",
            0,
            List.of("127.0.0.1"),
            20_000,
            20_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
    AgiServer server =
        new AgiServer(
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true)),
            config,
            Map.of("route", script),
            Optional.empty(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    return server.start().await(10, TimeUnit.SECONDS);
  }

  private static int asteriskJava() {
    String assignments =
        "TAMAS_NOTE="
            + "x".repeat(450)
            + ",TAMAS_RECORDING=00000000-0000-0000-0000-000000000000"
            + ",TAMAS_DIAL_1=PJSIP/10000,TAMAS_RING_1=30,TAMAS_STAGES=1,TAMAS_ACTION=ring";
    AgiScript script = (_, channel) -> channel.exec("MSet", assignments);
    DefaultAgiServer server = new DefaultAgiServer(script);
    // it cannot tell which port it got
    int port = FreePorts.take();
    server.setPort(port);
    Thread.ofPlatform()
        .start(() -> {
          try {
            server.startup();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    return port;
  }
}
