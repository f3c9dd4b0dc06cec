package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What the command line refuses, before anything is done.
class CommandLineTest {
  @TempDir private Path folder;

  private record Run(int status, String told) {}

  private static Run run(String... arguments) {
    StringWriter errors = new StringWriter();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      CommandLine line = Tamas.commandLine();
      line.setErr(new PrintWriter(errors, true));
      int status = line.execute(arguments);
      return new Run(status, errors + printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up --address",
        "up --data",
        "status --data",
        "up --tls-certificate",
        "up --codecs",
        "up --local-net",
        "prepare --external-address",
        "call --from",
        "call --to",
        "call --answer",
        "company preset ir --trunk",
        "calls refold --config",
        "user add zahra --role",
        "user reset zahra --data",
        "audit check --data",
      })
  void anEmptyOptionIsRefused(String line) {
    String option = line.substring(line.lastIndexOf(' ') + 1);
    Run run = run((line + " ").split(" ", -1));
    assertEquals(2, run.status(), run.told());
    assertTrue(run.told().contains(option + " must not be empty"), run.told());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--from=abc",
        "--to=hello",
        "--talk=-1",
        "--deadline=0",
      })
  void callLooksAtItsOptionsFirst(String option) {
    Run run = run("call", "--data", folder.resolve("none").toString(), option);
    assertEquals(1, run.status(), run.told());
    assertTrue(run.told().contains(option.substring(0, option.indexOf('=')) + " "), run.told());
    assertFalse(run.told().contains("instance"), run.told());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--voice-ports=3",
        "--address=300.1.1.1",
        "--codecs=mp3",
        "--local-net=nonsense",
        "--http-port=99999",
        "--srtp=perhaps",
        "--tls-certificate=/none.pem",
      })
  void aWrongOptionLeavesNoFolder(String option) {
    Path data = folder.resolve("wrong");
    for (String command : new String[] {"up", "prepare"}) {
      Run run = run(command, "--data", data.toString(), option);
      assertEquals(1, run.status(), run.told());
      String named = option.substring(0, option.indexOf('='));
      assertTrue(run.told().contains(named), run.told());
      assertFalse(Files.exists(data), run.told());
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedInASentence() {
    for (String command : new String[] {"up", "prepare"}) {
      Run run = run(command, "--data", "/proc/x");
      assertEquals(1, run.status(), run.told());
      assertTrue(
          run.told().contains("--data: /proc/x cannot be the folder of an instance: "), run.told());
      assertFalse(run.told().contains("java."), run.told());
    }
  }
}
