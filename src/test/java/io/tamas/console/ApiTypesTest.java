package io.tamas.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The types by which the console knows the API are those of the contract.
class ApiTypesTest {
  private static final Path TYPES = Path.of("src/main/console/api/types.ts");

  /// After a change of the contract: `./tamas test -Dtest=ApiTypesTest -Dconsole.types=write`.
  @Test
  void theTypesOfTheConsoleAreThoseOfTheContract() throws IOException {
    String types = ApiTypes.of(contract());
    if ("write".equals(System.getProperty("console.types"))) {
      Files.writeString(TYPES, types);
    }
    assertEquals(types, Files.readString(TYPES), "run it with -Dconsole.types=write");
  }

  private static Map<String, Object> contract() throws IOException {
    try (InputStream in = ApiTypesTest.class.getResourceAsStream("/openapi.yaml")) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    }
  }
}
