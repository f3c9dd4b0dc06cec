package io.tamas.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A language of clients. Its programs come from Maven Central or from Debian, whatever this
/// machine has.
enum Language {
  /// With Debian's packages, in a root of their own.
  PYTHON(
      "python",
      "",
      Map.of("packageName", "tamas_client", "disallowAdditionalPropertiesIfNotPresent", "false")) {
    @Override
    List<String> prepare(Workshop workshop, Path folder) throws IOException {
      workshop.copy("python/work.py", folder);
      String root = workshop.run(folder, List.of(workshop.script("python-root"))).strip();
      return List.of(root + "/python", "work.py");
    }
  },

  /// Compiled by TypeScript's WebJar, and run by the Node of Playwright's driver.
  TYPESCRIPT("typescript-fetch", "client", Map.of("importFileExtension", ".js")) {
    @Override
    List<String> prepare(Workshop workshop, Path folder) throws IOException {
      workshop.copy("typescript/work.ts", folder);
      workshop.copy("typescript/tsconfig.json", folder);
      workshop.copy("typescript/package.json", folder);
      String node = workshop.tool("node");
      workshop.run(folder, List.of(node, workshop.tool("tsc.js"), "--project", "."));
      return List.of(node, "compiled/work.js");
    }
  };

  /// As the generator calls it.
  final String generator;

  /// Where the generated files are in the folder of the program.
  final String target;

  final Map<String, String> options;

  Language(String generator, String target, Map<String, String> options) {
    this.generator = generator;
    this.target = target;
    this.options = options;
  }

  /// Builds the program that uses the generated client.
  ///
  /// @param folder in which the client is
  /// @return the command that starts it in that folder
  abstract List<String> prepare(Workshop workshop, Path folder) throws IOException;
}
