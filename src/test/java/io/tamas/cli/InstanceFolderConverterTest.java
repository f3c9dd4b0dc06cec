package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class InstanceFolderConverterTest {
  private static Path data(String given) {
    return CommandLine.populateCommand(new InstanceOptions(), "--data", given).data();
  }

  @Test
  void aFolderIsTakenByItsWholePath() {
    assertEquals(Path.of("").toAbsolutePath().resolve("some/where"), data("some/./where"));
  }

  @ParameterizedTest
  @CsvSource({
    "/, name a folder in it",
    "/.., name a folder in it",
    "/etc/passwd, is a file",
  })
  void whatCannotBeTheFolderOfAnInstanceIsRefused(String given, String told) {
    ParameterException refused = assertThrows(ParameterException.class, () -> data(given));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("--data") && message.contains(told), message);
  }
}
