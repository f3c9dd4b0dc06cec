package io.tamas.asterisk.agi;

import java.util.LinkedHashMap;
import java.util.Map;

/// The environment as Asterisk 22 sends it to `agi://127.0.0.1:4573/route,trunk,demo`, with
/// changes.
final class Environments {
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Environments() {
    headers.put("agi_network", "yes");
    headers.put("agi_network_script", "route");
    headers.put("agi_request", "agi://127.0.0.1:4573/route");
    headers.put("agi_channel", "PJSIP/trunk-demo-00000001");
    headers.put("agi_language", "en");
    headers.put("agi_type", "PJSIP");
    headers.put("agi_uniqueid", "cell-1700000000.1");
    headers.put("agi_version", "22.10.1");
    headers.put("agi_callerid", "+989121234567");
    headers.put("agi_calleridname", "unknown");
    headers.put("agi_callingpres", "0");
    headers.put("agi_callingani2", "0");
    headers.put("agi_callington", "0");
    headers.put("agi_callingtns", "0");
    headers.put("agi_dnid", "02191001000");
    headers.put("agi_rdnis", "unknown");
    headers.put("agi_context", "from-trunk");
    headers.put("agi_extension", "02191001000");
    headers.put("agi_priority", "1");
    headers.put("agi_enhanced", "0.0");
    headers.put("agi_accountcode", "");
    headers.put("agi_threadid", "140123456789");
    headers.put("agi_arg_1", "trunk");
    headers.put("agi_arg_2", "demo");
  }

  static Environments inboundCall() {
    return new Environments();
  }

  Environments with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Environments without(String name) {
    headers.remove(name);
    return this;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append('\n').toString();
  }
}
