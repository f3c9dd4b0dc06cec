package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TamasTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "up", "call", "company", "company apply", "calls refold", "serve"})
  void eachCommandHasHelp(String command) {
    StringWriter output = new StringWriter();
    CommandLine line = Tamas.commandLine().setOut(new PrintWriter(output));
    assertEquals(0, line.execute((command + " --help").strip().split(" ")));
    assertTrue(output.toString().startsWith("Usage: " + ("tamas " + command).strip()));
  }
}
