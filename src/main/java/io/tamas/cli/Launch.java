package io.tamas.cli;

import io.tamas.ops.Components;
import io.tamas.ops.Instance;
import io.tamas.ops.JavaCommand;
import io.tamas.ops.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an instance is started, for all commands.
final class Launch {
  private Launch() {}

  static Components components(Instance instance, Secrets secrets) throws IOException {
    Map<String, String> environment = System.getenv();
    Files.createDirectories(Instance.cache(environment));
    return Components.of(instance, secrets, java(environment), environment);
  }

  static Secrets secrets(Instance instance) throws IOException {
    return Secrets.load(instance.secretsFile(), new SecureRandom());
  }

  private static JavaCommand java(Map<String, String> environment) {
    return JavaCommand.ofThisProcess("io.tamas.Tamas", words(environment.get("TAMAS_JAVA_OPTS")));
  }

  /// The JVM that supervises in the background: as small as it can be, since it idles.
  static JavaCommand command() {
    return JavaCommand.ofThisProcess(
            "io.tamas.Tamas",
            List.of(
                "-Xms6m",
                "-Xmx96m",
                "-Xss256k",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=15",
                "-XX:ReservedCodeCacheSize=12m",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback-command.xml"))
        .uncached();
  }

  private static List<String> words(@Nullable String text) {
    return text == null || text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
  }
}
