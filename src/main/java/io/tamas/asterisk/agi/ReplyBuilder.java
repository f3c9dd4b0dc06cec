package io.tamas.asterisk.agi;

import io.tamas.asterisk.agi.ProtocolFault.Reason;
import java.util.ArrayList;
import java.util.List;

/// Collects the lines of one reply (`res_agi.c`, `agi_handle_command` and the handlers).
///
/// A value in parentheses that contains a newline is read up to the line that closes it. If a value
/// itself contains `)` before a newline, its end cannot be determined: what follows is then
/// unsolicited and ends the session. Untrusted values are therefore requested with `URIENCODE`.
final class ReplyBuilder {
  private static final String USAGE_END = "520 End of proper usage.";

  private final List<String> lines = new ArrayList<>(1);
  private int size;

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /// Adds a line.
  ///
  /// @return whether the reply is complete
  boolean add(String line) throws ProtocolFault {
    size += line.length() + 1;
    if (size > AgiLimits.REPLY) {
      throw new ProtocolFault(Reason.REPLY_TOO_LONG);
    }
    if (lines.isEmpty()) {
      return begin(line);
    }
    lines.add(line);
    return isUsage(lines.getFirst()) ? line.equals(USAGE_END) : closesValue(line);
  }

  Reply build() {
    return new Reply(List.copyOf(lines));
  }

  private boolean begin(String line) throws ProtocolFault {
    if (!Reply.isFirstLine(line)) {
      throw new ProtocolFault(Reason.NOT_A_REPLY);
    }
    if (line.startsWith("100 ")) {
      // Provisional: the reply itself follows.
      return false;
    }
    lines.add(line);
    return !isUsage(line) && (!opensValue(line) || closesValue(line));
  }

  private static boolean isUsage(String firstLine) {
    return firstLine.startsWith("520-");
  }

  private static boolean opensValue(String firstLine) {
    int blank = firstLine.startsWith("200 result=") ? firstLine.indexOf(' ', 4) : -1;
    return blank > 0 && firstLine.startsWith("(", blank + 1);
  }

  private static boolean closesValue(String line) {
    return line.endsWith(")") || line.contains(") endpos=");
  }
}
