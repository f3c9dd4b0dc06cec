package io.tamas.asterisk.agi;

import io.tamas.asterisk.agi.ProtocolFault.Reason;
import java.util.List;
import java.util.Map;

/// What Asterisk sends about a channel at the start of a session.
///
/// @param script the path of the address before `?`, such as `route`
/// @param query the part after `?`, or empty
/// @param headers by name without `agi_`
record Environment(
    String script, String query, Map<String, String> headers, List<String> arguments) {

  static Environment of(Map<String, String> headers, List<String> arguments) throws ProtocolFault {
    String path = required(headers, "network_script");
    required(headers, "channel");
    required(headers, "uniqueid");
    int mark = path.indexOf('?');
    return mark < 0
        ? new Environment(path, "", headers, arguments)
        : new Environment(path.substring(0, mark), path.substring(mark + 1), headers, arguments);
  }

  String channel() {
    return headers.getOrDefault("channel", "");
  }

  String uniqueId() {
    return headers.getOrDefault("uniqueid", "");
  }

  private static String required(Map<String, String> headers, String name) throws ProtocolFault {
    String value = headers.get(name);
    if (value == null || value.isEmpty()) {
      throw new ProtocolFault(Reason.MISSING_HEADER);
    }
    return value;
  }
}
