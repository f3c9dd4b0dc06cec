package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a process may do, by `/proc/<pid>/status`.
///
/// @param user its user and group, effective, saved and real alike
/// @param capabilities the values of all its sets
public record ProcessRights(String user, Set<String> capabilities, boolean cannotGainMore) {
  public static ProcessRights of(long pid) throws IOException {
    Map<String, String> status = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      String[] parts = line.split(":\\s*", 2);
      status.put(parts[0], parts[1]);
    }
    Set<String> sets = new HashSet<>();
    for (String name : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
      sets.add(status.getOrDefault(name, "?"));
    }
    String user = only(status.getOrDefault("Uid", "")) + ":" + only(status.getOrDefault("Gid", ""));
    return new ProcessRights(user, sets, "1".equals(status.get("NoNewPrivs")));
  }

  private static String only(String four) {
    return Arrays.stream(four.split("\\s+")).distinct().collect(Collectors.joining("/"));
  }
}
