package io.tamas.asterisk.agi;

import io.tamas.asterisk.agi.ProtocolFault.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects the lines `agi_…: value` that Asterisk sends first.
///
/// Strict, since a value with a newline (a caller's name) could otherwise add further headers: each
/// header occurs once, and arguments come in order, without a gap.
final class EnvironmentBuilder {
  private static final String PREFIX = "agi_";
  private static final String ARGUMENT = "arg_";

  private final Map<String, String> headers = HashMap.newHashMap(32);
  private final List<String> arguments = new ArrayList<>(2);
  private int lines;
  private int size;

  void add(String line) throws ProtocolFault {
    size += line.length();
    if (++lines > AgiLimits.ENVIRONMENT_LINES || size > AgiLimits.ENVIRONMENT) {
      throw new ProtocolFault(Reason.ENVIRONMENT_TOO_LONG);
    }
    int colon = line.indexOf(": ");
    if (colon <= PREFIX.length() || !isName(line, colon)) {
      throw new ProtocolFault(Reason.NOT_A_HEADER);
    }
    put(line.substring(PREFIX.length(), colon), line.substring(colon + 2));
  }

  Environment build() throws ProtocolFault {
    return Environment.of(Map.copyOf(headers), List.copyOf(arguments));
  }

  private void put(String name, String value) throws ProtocolFault {
    if (headers.putIfAbsent(name, value) != null) {
      throw new ProtocolFault(Reason.DUPLICATE_HEADER);
    }
    if (name.startsWith(ARGUMENT)) {
      int next = arguments.size() + 1;
      if (next > AgiLimits.ARGUMENTS || !name.equals(ARGUMENT + next)) {
        throw new ProtocolFault(Reason.BAD_ARGUMENT);
      }
      arguments.add(value);
    }
  }

  private static boolean isName(String line, int end) {
    if (!line.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < end; i++) {
      char c = line.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') {
        return false;
      }
    }
    return true;
  }
}
