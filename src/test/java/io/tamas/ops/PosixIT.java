package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real JVM that another program takes the place of.
class PosixIT {
  @TempDir private Path folder;

  /// Locks two files, of which the other program keeps the first.
  static final class Locking {
    public static void main(String[] files) throws IOException {
      FileLock kept = lock(files[0]);
      FileLock left = lock(files[1]);
      System.out.println(kept.isValid() && left.isValid());
      Posix.exec(
          List.of("sh", "-c", "echo $NAME $$; read _; exit 7"),
          Map.of("NAME", "other"),
          Set.of(Path.of(files[0])));
    }

    private static FileLock lock(String file) throws IOException {
      return FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
          .lock();
    }
  }

  @Test
  @Timeout(60)
  void anotherProgramTakesThePlaceOfTheJvmAndKeepsOneLock() throws Exception {
    Path kept = folder.resolve("kept");
    Path left = folder.resolve("left");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Locking.class.getName(),
                kept.toString(),
                left.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said = process.inputReader()) {
      assertEquals("true", said.readLine());
      assertEquals("other " + process.pid(), said.readLine());
      assertFalse(isFree(kept));
      assertTrue(isFree(left));
      process.outputWriter().close();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(7, process.exitValue());
      assertTrue(isFree(kept));
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isFree(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }
}
