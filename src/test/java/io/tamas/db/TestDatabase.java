package io.tamas.db;

import io.tamas.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A fresh, migrated database for a test class, on one PostgreSQL server per JVM.
///
/// ```java
/// private static final Config.Database CONFIG = TestDatabase.fresh(CallsIT.class);
/// ```
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
    private static final TestServer SERVER = TestServer.startThrowAway(folder());

    private static Path folder() {
      try {
        Path target = Files.createDirectories(Path.of("target", "postgres").toAbsolutePath());
        return Files.createTempDirectory(target, "shared-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
