package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeCommandTest {
  @TempDir private Path folder;

  @Test
  void aWrongConfigurationIsRefusedWithAllItsFaultsAndNothingIsStarted() throws Exception {
    Path file =
        Files.writeString(folder.resolve("tamas.yaml"), "agi: {prot: 3}\nhttp: {port: eighty}\n");
    AtomicBoolean started = new AtomicBoolean();
    ServeCommand serve =
        new ServeCommand(config -> {
          started.set(true);
          return () -> {};
        });
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    int status;
    try {
      status = new CommandLine(serve).execute("--config", file.toString());
    } finally {
      System.setErr(before);
    }
    String text = told.toString(StandardCharsets.UTF_8);
    assertEquals(2, status);
    assertFalse(started.get());
    assertTrue(text.contains("agi.prot"), text);
    assertTrue(text.contains("http.port"), text);
  }
}
