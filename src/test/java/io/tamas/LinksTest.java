package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The links and names of files in the documents lead somewhere.
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:IT|Test))`");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        links++;
        if (!link.group(1).matches("[a-z]+:.*") && !exists(document, link.group(1))) {
          dead.add(document + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), dead);
    assertTrue(links > 5, "links are not recognised");
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    List<String> tests;
    try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
      tests = all.map(file -> file.getFileName().toString()).toList();
    }
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      Matcher named = TEST.matcher(Files.readString(document));
      while (named.find()) {
        if (!tests.contains(named.group(1) + ".java")) {
          missing.add(document + ": " + named.group(1));
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("src/main/docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md")), docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  private static boolean exists(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file =
        parts[0].isEmpty()
            ? document
            : Objects.requireNonNullElse(document.getParent(), Path.of("")).resolve(parts[0]);
    return Files.exists(file) && (parts.length == 1 || headings(file).contains(parts[1]));
  }

  /// As GitHub makes anchors of headings.
  private static List<String> headings(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
