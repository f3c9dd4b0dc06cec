package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSettingsTest {
  private static final Map<String, Object> WRITTEN =
      Map.of("cell", "tehran", "http", Map.of("port", 8080));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("settings.yaml");
  }

  private Map<String, Object> added(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return new OwnSettings(file).addedTo(WRITTEN);
  }

  @Test
  void addsSectionsAndOptions() throws Exception {
    assertEquals(
        Map.of(
            "cell",
            "tehran",
            "http",
            Map.of("port", 8080, "publicUrl", List.of("https://calls.example.com")),
            "outbound",
            Map.of("allow", List.of("10.0.5.0/24"))),
        added(
            """
            http:
              publicUrl: [https://calls.example.com]
            outbound:
              allow: [10.0.5.0/24]
            """));
  }

  @Test
  void addsNothingWithoutTheFile() throws Exception {
    assertEquals(WRITTEN, new OwnSettings(file).addedTo(WRITTEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n"})
  void addsNothingOfAnEmptyFile(String yaml) throws Exception {
    assertEquals(WRITTEN, added(yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http: {port: 80}  | sets http.port, which ./tamas up sets itself
          cell: isfahan     | sets cell, which ./tamas up sets itself
          http: true        | sets http, which ./tamas up sets itself
          [1, 2]            | is not YAML of names and values
          http: [           | is not YAML of names and values
          http              | is not YAML of names and values
          """)
  void refuses(String yaml, String why) {
    IOException refused = assertThrows(IOException.class, () -> added(yaml));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith(file + " " + why),
        () -> "message: " + refused.getMessage());
  }
}
