package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesIT {
  @TempDir private Path cache;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void ofTwoFirstStartsOneUnpacksAndTheOtherUsesIt() throws Exception {
    Callable<Path> unpack = () -> PostgresBinaries.unpack(cache.resolve("fresh"));
    try (ExecutorService starts = Executors.newFixedThreadPool(2)) {
      List<Future<Path>> homes = starts.invokeAll(List.of(unpack, unpack));
      assertEquals(homes.getFirst().get(), homes.getLast().get());
      assertTrue(Files.isExecutable(homes.getFirst().get().resolve("bin/postgres")));
    }
    assertEquals(List.of("postgresql-", "postgresql.lock"), left());
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void whatAKilledStartLeftIsReplaced() throws Exception {
    Path home = PostgresBinaries.unpack(cache.resolve("fresh"));
    Files.move(home, home.resolveSibling(home.getFileName() + ".new"));
    Files.delete(home.resolveSibling(home.getFileName() + ".new").resolve("bin/initdb"));
    assertEquals(home, PostgresBinaries.unpack(cache.resolve("fresh")));
    assertTrue(Files.isExecutable(home.resolve("bin/initdb")));
    assertEquals(List.of("postgresql-", "postgresql.lock"), left());
  }

  private List<String> left() throws Exception {
    try (Stream<Path> all = Files.list(cache.resolve("fresh"))) {
      return all.map(file -> file.getFileName().toString().replaceFirst("-[0-9a-f]{8}$", "-"))
          .sorted()
          .toList();
    }
  }
}
