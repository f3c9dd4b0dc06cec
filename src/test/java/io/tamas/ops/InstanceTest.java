package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTest {
  @TempDir private Path folder;

  @Test
  void theFolderIsTheOneThatTheEnvironmentNames() {
    assertEquals(
        Path.of("/srv/calls"),
        Instance.defaultData(Map.of("TAMAS_DATA", "/srv/calls", "HOME", "/home/a")));
    assertEquals(
        Path.of("/data/tamas/default"),
        Instance.defaultData(Map.of("XDG_DATA_HOME", "/data", "HOME", "/home/a")));
    assertEquals(
        Path.of("/home/a/.local/share/tamas/default"),
        Instance.defaultData(Map.of("HOME", "/home/a")));
  }

  @Test
  void aRelativeXdgFolderCountsForNothing() {
    assertEquals(
        Path.of("/home/a/.cache/tamas"),
        Instance.cache(Map.of("XDG_CACHE_HOME", "cache", "HOME", "/home/a")));
  }

  @ParameterizedTest
  @CsvSource({
    "/x/default, default",
    "/x/Büro-2, bro2",
    "/x/2, cell2",
    "/x/--, cell",
    "/x/a, cella",
    "/x/averyveryverylongfoldername, averyveryverylongfol"
  })
  void theCellIsNamedByTheFolder(Path data, String cell) {
    assertEquals(cell, Instance.cellOf(data));
  }

  @Test
  void theCellKeepsItsNameWhenTheFolderMoves() throws Exception {
    Path data = folder.resolve("first");
    InstanceFolder.keep(InstanceFolder.read(data));
    Path moved = Files.move(data, folder.resolve("second"));
    assertEquals("first", InstanceFolder.read(moved).cell());
    Files.delete(moved.resolve("cell.yaml"));
    assertEquals("second", InstanceFolder.read(moved).cell());
    Files.writeString(moved.resolve("tamas.yaml"), "cell: ofold\n");
    assertEquals("ofold", InstanceFolder.read(moved).cell());
  }

  @Test
  void portsAreRememberedUntilOthersAreAskedFor() throws Exception {
    Path data = folder.resolve("a");
    InstanceFolder.keep(InstanceFolder.choose(data, Map.of(Port.HTTP, 18080, Port.SIP, 15060)));
    assertEquals(18080, InstanceFolder.read(data).port(Port.HTTP));
    Instance changed = InstanceFolder.choose(data, Map.of(Port.HTTP, 18081));
    assertEquals(18080, InstanceFolder.read(data).port(Port.HTTP));
    assertEquals(18081, changed.port(Port.HTTP));
    assertEquals(15060, changed.port(Port.SIP));
    assertEquals(Port.AGI.usual(), changed.port(Port.AGI));
  }

  @ParameterizedTest
  @ValueSource(strings = {"recordings", "prompts", "asterisk", "postgres", "logs"})
  void linkInPlaceOfAFolderIsRefusedWithWhatToDoInstead(String name) throws Exception {
    Path data = Files.createDirectories(folder.resolve("a"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(data.resolve(name), elsewhere);
    String refusal =
        String.valueOf(
            assertThrows(IOException.class, () -> InstanceFolder.open(data)).getMessage());
    assertTrue(refusal.contains("mount --bind " + elsewhere + " " + data.resolve(name)), refusal);
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedAndLeftAsItIs() throws Exception {
    Files.createDirectories(folder.resolve("run"));
    Files.createDirectories(folder.resolve("bin"));
    String refusal =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> InstanceFolder.open(folder))
                .getMessage());
    assertTrue(refusal.contains(folder + " must be an instance or empty, and has bin"), refusal);
    assertEquals(Set.of("run", "bin"), Set.of(Objects.requireNonNull(folder.toFile().list())));
    assertFalse(InstanceFolder.exists(folder));
    assertThrows(IllegalArgumentException.class, () -> InstanceFolder.open(Path.of("/")));
  }

  @Test
  void volumesOfItsOwnMayBeThereBeforeTheFirstStartAndAnythingAfterIt() throws Exception {
    Files.createDirectories(folder.resolve("recordings"));
    Files.createDirectories(folder.resolve("lost+found"));
    Instance refused = InstanceFolder.open(folder);
    InstanceLock.take(refused).orElseThrow().close();
    Secrets.load(refused.secretsFile(), new SecureRandom());
    InstanceFolder.keep(InstanceFolder.open(folder));
    Files.createDirectories(folder.resolve("backup"));
    InstanceFolder.open(folder);
    assertTrue(InstanceFolder.exists(folder));
  }

  @Test
  void theFolderIsForItsOwnerOnly() throws Exception {
    Instance instance = InstanceFolder.open(folder.resolve("a"));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(instance.data())));
    assertTrue(Files.isDirectory(instance.recordings()));
    assertTrue(Files.isDirectory(instance.prompts()));
  }
}
