package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.ops.StorageState.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageStateTest {
  private static final Config.Storage LIMITS =
      new Config.Storage(100_000, 10_000, Optional.empty(), Optional.empty());

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "100000, OK, OK",
    "99999, OK, LOW",
    "100000, LOW, LOW",
    "110000, LOW, OK",
    "9999, OK, FULL",
    "10000, OK, LOW",
    "10500, FULL, FULL",
    "11000, FULL, LOW",
    "105000, FULL, LOW",
    "500000, STALLED, OK",
    "4096, GONE, FULL",
    "4095, FULL, STALLED",
    "0, OK, STALLED"
  })
  void levelDependsOnFreeSpaceAndIsNotLeftAtOnce(long free, Level before, Level level) {
    assertEquals(
        level,
        StorageState.of("journal", Optional.of(free), Optional.empty(), LIMITS, before).level());
  }

  @Test
  void whatIsNotWrittenCountsMoreThanSpace() {
    StorageState state =
        StorageState.of("journal", Optional.of(1L), Optional.of("why"), LIMITS, Level.OK);
    assertEquals(Level.STALLED, state.level());
    assertEquals("why", state.reason());
  }

  @Test
  void aFolderThatItsOwnerMayNotWriteIsTold() throws Exception {
    assertEquals(Optional.empty(), StorageState.unwritable(folder));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xrwx---"));
    String why = StorageState.unwritable(folder).orElseThrow();
    assertTrue(why.matches("its permissions \\(owner .+, group .+, r-xrwx---\\) forbid .*"), why);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertEquals(Optional.empty(), StorageState.unwritable(folder));
    assertEquals(Optional.empty(), StorageState.unwritable(folder.resolve("none")));
  }

  @Test
  void folderThatIsGoneIsTold() {
    assertTrue(StorageState.free(folder).orElse(0L) > 0);
    Optional<Long> gone = StorageState.free(folder.resolve("none"));
    assertEquals(
        Level.GONE, StorageState.of("journal", gone, Optional.empty(), LIMITS, Level.OK).level());
  }

  @Test
  void withoutBoundsNothingIsTold() {
    Config.Storage none = new Config.Storage(0, 0, Optional.empty(), Optional.empty());
    assertEquals(
        Level.OK,
        StorageState.of("state", Optional.of(0L), Optional.empty(), none, Level.OK).level());
  }
}
