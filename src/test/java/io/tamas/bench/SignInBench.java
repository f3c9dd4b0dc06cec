package io.tamas.bench;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.json.Json;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.user.Accounts;
import io.tamas.user.Users;
import io.tamas.web.Problem;
import io.tamas.web.Role;
import io.tamas.web.RouteServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long a sign-in takes over HTTP, with real PostgreSQL, beside the hash of its password alone,
/// in turn. `./tamas bench sign-in [rounds]`.
public final class SignInBench {
  private static final int WARM_UP = 30;
  private static final double BAR = 1.2;
  private static final Argon2Function BARE =
      Argon2Function.getInstance(19 << 10, 2, 1, 32, Argon2.ID);

  private SignInBench() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-sign-in-");
    Vertx vertx = Vertx.vertx();
    try (TestServer postgres = TestServer.startThrowAway(folder)) {
      Database database = new Database(vertx, postgres.fresh("sign_in_bench"));
      Accounts accounts =
          new Accounts(
              database,
              new Config.Sessions(Duration.ofHours(12), Duration.ofDays(7)),
              () -> new WrittenNumbers(List.of(new NumberingPlan("IR", "21"))),
              List::of,
              Optional.empty(),
              Optional.empty(),
              new SimpleMeterRegistry());
      RouteServer server =
          RouteServer.startFor(
              vertx,
              _ -> Future.failedFuture(Problem.unauthorized("there are no keys")),
              accounts.browsers(),
              List.of(),
              accounts.routes());
      Secret password = new Users(database).add("zahra", Role.OPERATOR);
      measure(server, password.reveal(), rounds);
      server.close();
      accounts.close();
      database.close().await(5, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }

  private static void measure(RouteServer server, String password, int rounds) throws Exception {
    byte[] text = password.getBytes(StandardCharsets.UTF_8);
    byte[] hash = BARE.hash(text, new byte[16]).getResult().getBytes(StandardCharsets.US_ASCII);
    String body = Json.write(Map.of("name", "zahra", "password", password));
    Histogram bare = new Histogram(3);
    Histogram signedIn = new Histogram(3);
    for (int round = -WARM_UP; round < rounds; round++) {
      long alone = nanos(() -> BARE.check(text, hash));
      long whole = nanos(() -> status(server.sendAsIs("POST", "/session", body)) == 201);
      if (round >= 0) {
        bare.recordValue(alone);
        signedIn.recordValue(whole);
      }
    }
    print("hash alone", bare);
    print("sign-in", signedIn);
    double ratio = (double) signedIn.getValueAtPercentile(50) / bare.getValueAtPercentile(50);
    System.out.printf(
        "p50 %.2f of the hash, at most %.1f: %s%n", ratio, BAR, ratio <= BAR ? "met" : "MISSED");
  }

  private static int status(HttpResponse<String> answer) {
    return answer.statusCode();
  }

  private static long nanos(Callable<Boolean> work) throws Exception {
    long begun = System.nanoTime();
    if (!work.call()) {
      throw new IllegalStateException("the password is right, and was refused");
    }
    return System.nanoTime() - begun;
  }

  private static void print(String what, Histogram nanos) {
    System.out.printf(
        "%-11s p50 %.1f ms, p99 %.1f ms%n",
        what, nanos.getValueAtPercentile(50) / 1e6, nanos.getValueAtPercentile(99) / 1e6);
  }
}
