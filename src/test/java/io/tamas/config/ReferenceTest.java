package io.tamas.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
  private static final Path REFERENCE = Path.of("src/main/resources/tamas-reference.yaml");

  @TempDir Path folder;

  @Test
  void theReferenceHasEveryOptionWithItsRuleDefaultAndVariable() throws IOException {
    Map<String, String> comments = comments();
    for (Option option : options()) {
      String comment = comments.getOrDefault(option.path(), "");
      assertContains(comment, option.rule(), option);
      assertContains(comment, "Environment: " + Option.environmentName(option.path()), option);
      option.fallback().ifPresent(text -> assertContains(comment, "Default: " + text, option));
      assertEquals(option.required(), comment.contains("Required."), option.path());
    }
    assertEquals(
        options().stream().map(Option::path).collect(Collectors.toSet()), comments.keySet());
  }

  @Test
  void theReferenceLoadsAndSaysTheDefaults() throws Exception {
    for (String secret : List.of("database-password", "ari-password", "ami-password", "api-key")) {
      Files.writeString(folder.resolve(secret), "secret of the reference");
    }
    Path file = Files.copy(REFERENCE, folder.resolve("tamas.yaml"));
    Path least = Files.writeString(folder.resolve("least.yaml"), "");
    Map<String, String> required =
        Map.of(
            "TAMAS_DATABASE_URL", "postgresql://127.0.0.1:5432/tamas",
            "TAMAS_DATABASE_PASSWORD", "secret of the reference",
            "TAMAS_ARI_PASSWORD", "secret of the reference",
            "TAMAS_AMI_PASSWORD", "secret of the reference",
            "TAMAS_HTTP_API_KEY", "secret of the reference");
    assertEquals(
        ConfigLoader.load(Optional.of(least), required),
        ConfigLoader.load(Optional.of(file), Map.of()));
  }

  @Test
  void theRecordTreeHasEveryOptionAndNoOther() {
    Set<String> read =
        options().stream()
            .map(Option::path)
            .map(path -> path.endsWith("File") ? path.substring(0, path.length() - 4) : path)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(components(Config.class, "").collect(Collectors.toCollection(TreeSet::new)), read);
  }

  private static Stream<String> components(Class<?> type, String prefix) {
    return Stream.of(type.getRecordComponents()).flatMap(part -> component(part, prefix));
  }

  private static Stream<String> component(RecordComponent part, String prefix) {
    return part.getType().isRecord() && part.getType() != Secret.class
        ? components(part.getType(), prefix + part.getName() + ".")
        : Stream.of(prefix + part.getName());
  }

  private static List<Option> options() {
    Reading reading = new Reading(Map.of(), Path.of("/"));
    ConfigLoader.read(Optional.empty(), reading);
    return reading.options();
  }

  /// The comment before each key, also before keys that are commented out.
  private static Map<String, String> comments() throws IOException {
    Map<String, String> comments = new LinkedHashMap<>();
    StringBuilder comment = new StringBuilder();
    String section = "";
    for (String line : Files.readAllLines(REFERENCE)) {
      String bare = line.strip();
      if (bare.matches("(# )?[a-zA-Z]+:( .*)?") && !bare.startsWith("# Environment:")) {
        String key = bare.replace("# ", "").replaceFirst(":.*", "");
        if (line.matches("[a-zA-Z]+:")) {
          section = key + ".";
        } else {
          comments.put(line.startsWith(" ") ? section + key : key, comment.toString());
        }
        comment.setLength(0);
      } else {
        comment.append(bare.replaceFirst("^# ?", "")).append(' ');
      }
    }
    return comments;
  }

  private static void assertContains(String comment, String part, Option option) {
    assertTrue(
        comment.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)),
        () -> option.path() + " lacks: " + part);
  }
}
