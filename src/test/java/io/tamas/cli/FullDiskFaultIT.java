package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.Port;
import io.tamas.ops.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that only show something, or stop what runs, where the disk of the instance is full.
class FullDiskFaultIT {
  /// `$1` is the folder of an instance, `$2` where it is copied to; what follows is the program.
  private static final String FULL =
      """
      PATH=$PATH:/usr/sbin:/sbin; from=$1 data=$2; shift 2
      mkdir "$data"
      mount -t tmpfs -o size=1m full "$data"
      cp -a "$from/." "$data"
      dd if=/dev/zero of="$data/filler" bs=4k 2>/dev/null
      "$@"; status=$?
      ls -A "$data"
      exit $status
      """;

  @TempDir private Path folder;

  @BeforeEach
  void instance() throws Exception {
    Instance instance =
        InstanceFolder.choose(
            folder.resolve("instance"), Map.of(Port.HTTP, 1, Port.MANAGEMENT, 2, Port.SIP, 3));
    InstanceFolder.keep(instance);
    Secrets.load(instance.secretsFile(), new SecureRandom());
    Files.writeString(instance.logs().resolve("tamas.log"), "the last line\n");
  }

  @Test
  void theStateIsShown() throws Exception {
    CommandRun shown = onFullDisk("status");
    assertEquals(1, shown.status(), shown::output);
    assertTrue(shown.output().contains("supervisor  stopped"), shown::output);
    assertFalse(shown.output().contains("No space left"), shown::output);
    assertFalse(shown.output().contains(".new"), shown::output);
  }

  @Test
  void theLogsAreShownAndWhatRunsIsStopped() throws Exception {
    CommandRun logs = onFullDisk("logs");
    assertEquals(0, logs.status(), logs::output);
    assertTrue(logs.output().contains("the last line"), logs::output);
    CommandRun down = onFullDisk("down");
    assertEquals(0, down.status(), down::output);
  }

  private CommandRun onFullDisk(String command) throws Exception {
    Path output = folder.resolve(command + ".out");
    Path data = folder.resolve(command);
    Process process =
        CommandRun.start(
            List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                FULL,
                "sh",
                folder.resolve("instance").toString(),
                data.toString()),
            output,
            Map.of(),
            command,
            "--data",
            data.toString());
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end:\n" + Files.readString(output));
    }
    return new CommandRun(process.exitValue(), Files.readString(output), Duration.ZERO);
  }
}
