package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void theEndIsShownThenWhatIsAddedInWholeLines() throws Exception {
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\nhal");
    LogReader reader = new LogReader(log, "a  ");
    reader.printEnd(2, out);
    assertEquals("a  two\na  three\n", text());
    Files.writeString(log, "f\n", StandardOpenOption.APPEND);
    reader.printNew(out);
    assertEquals("a  half\n", text());
  }

  @Test
  void aLogThatWasBegunAnewIsReadFromItsBeginning() throws Exception {
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\n");
    LogReader reader = new LogReader(log, "");
    reader.printEnd(0, out);
    Files.writeString(log, "new\n");
    reader.printNew(out);
    assertEquals("new\n", text());
  }

  private String text() {
    String text = printed.toString(StandardCharsets.UTF_8);
    printed.reset();
    return text;
  }
}
