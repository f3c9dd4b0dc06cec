package io.tamas.cli;

import io.tamas.ops.Components;
import io.tamas.ops.Instance;
import io.tamas.ops.JavaCommand;
import io.tamas.ops.Secrets;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an instance is started, for all commands.
final class Launch {
  private Launch() {}

  static Components components(Instance instance, Secrets secrets) {
    Map<String, String> environment = System.getenv();
    return Components.of(instance, secrets, java(environment), environment);
  }

  static Secrets secrets(Instance instance) throws IOException {
    return Secrets.load(instance.secretsFile(), new SecureRandom());
  }

  private static JavaCommand java(Map<String, String> environment) {
    return JavaCommand.ofThisProcess("io.tamas.Tamas", words(environment.get("TAMAS_JAVA_OPTS")));
  }

  /// The JVM of a command.
  static JavaCommand command() {
    return JavaCommand.ofThisProcess(
        "io.tamas.Tamas",
        List.of(
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=logback-command.xml"));
  }

  /// The JVM that watches the components: as small as it can be, since it idles. It loads classes
  /// of the JDK only, which the JDK's own archive has.
  static JavaCommand watch() {
    return JavaCommand.ofThisProcess(
            Watch.class.getName(),
            List.of(
                "-Xms2m",
                "-Xmx16m",
                "-Xss256k",
                "-XX:ReservedCodeCacheSize=8m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData"))
        .uncached();
  }

  private static List<String> words(@Nullable String text) {
    return text == null || text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
  }
}
