package io.tamas.db;

import io.tamas.config.Config;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/// A fresh, migrated database for a test class, on one PostgreSQL server per JVM.
///
/// ```java
/// private static final Config.Database CONFIG = TestDatabase.fresh(CallsIT.class);
/// ```
///
/// With the environment variable `TAMAS_TEST_POSTGRES` it is a server that runs already.
///
/// A test that stops PostgreSQL starts a [TestServer] of its own.
public final class TestDatabase {
  private TestDatabase() {}

  /// Makes the database of this test class, empty but for the migrations.
  public static Config.Database fresh(Class<?> test) {
    return server().fresh(test.getSimpleName().toLowerCase(Locale.ROOT));
  }

  /// The shared server. It ends with the JVM.
  public static TestServer server() {
    return Shared.SERVER;
  }

  private static final class Shared {
    private static final TestServer SERVER =
        Optional.ofNullable(System.getenv("TAMAS_TEST_POSTGRES"))
            .map(address -> TestServer.elsewhere(URI.create(address)))
            .orElseGet(() -> TestServer.startThrowAway(folder()));

    private static Path folder() {
      try {
        Path target = Files.createDirectories(Path.of("target", "postgres").toAbsolutePath());
        return Files.createTempDirectory(target, "shared-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Extensions of the company, without their documents.
  ///
  /// @param since since when they exist
  public static void extensions(Database database, Instant since, String... numbers) {
    database.await(
        database
            .pool()
            .preparedQuery(
                """
                insert into company_item (kind, name, body, version, created_at)
                select 'extension', number, '{}', 1, $1 from unnest($2::text[]) number
                on conflict (kind, name) do update set created_at = excluded.created_at
                """)
            .execute(Tuple.of(since.atOffset(ZoneOffset.UTC)).addArrayOfString(numbers)));
  }
}
