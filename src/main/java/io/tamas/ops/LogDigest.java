package io.tamas.ops;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is kept of a log that has grown large: of each part of Asterisk that has written into it
/// the first lines, and how many more there were. A stranger who has a line written for each packet
/// that he sends pushes nothing else out. Lines of another form than Asterisk's are all kept.
final class LogDigest {
  /// Lines of each part.
  static final int MOST = 100;

  /// A line of Asterisk, such as `[2026-11-29T08:30:00.123+0330] WARNING[71] res_pjsip_acl.c: …`. A
  /// line without this beginning belongs to the one before.
  private static final Pattern BEGINNING =
      Pattern.compile("\\[[-0-9T:.+]+] ([A-Z]+)\\[[0-9]+](?:\\[C-[0-9a-f]+])? ([A-Za-z0-9_.]+):.*");

  private final Map<String, Integer> counts = new TreeMap<>();
  private boolean keeps = true;

  /// Writes the digest of a log into another file.
  void write(Path log, Path to) throws IOException {
    // each byte as it is
    try (BufferedReader in = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1);
        BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.ISO_8859_1)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (isKept(line)) {
          out.write(line + "\n");
        }
      }
      for (Map.Entry<String, Integer> one : counts.entrySet()) {
        if (one.getValue() > MOST) {
          out.write("%d more lines: %s%n".formatted(one.getValue() - MOST, one.getKey()));
        }
      }
    }
  }

  private boolean isKept(String line) {
    Matcher beginning = BEGINNING.matcher(line);
    if (beginning.matches()) {
      String part = beginning.group(1) + " " + beginning.group(2);
      keeps = counts.merge(part, 1, Integer::sum) <= MOST;
    }
    return keeps;
  }
}
