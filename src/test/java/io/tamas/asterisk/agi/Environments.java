package io.tamas.asterisk.agi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.asteriskjava.fastagi.AgiRequest;
import org.jspecify.annotations.Nullable;

/// The environment as Asterisk 22 sends it to `agi://127.0.0.1:4573/route,trunk,demo`, with
/// changes.
public final class Environments {
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
    headers.put("agi_arg_3", "cell-1700000000.1");
    headers.put("agi_arg_4", "02191001000");
    headers.put("agi_arg_5", "-");
    headers.put("agi_arg_6", "-");
    headers.put("agi_arg_7", "-");
    headers.put("agi_arg_8", "-|");
  }

  public static Environments inboundCall() {
    return new Environments();
  }

  public Environments with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public Environments without(String name) {
    headers.remove(name);
    return this;
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append('\n').toString();
  }

  /// As a script sees it.
  public AgiRequest request() {
    AtomicReference<@Nullable Environment> read = new AtomicReference<>();
    try {
      new AgiParser(environmentInto(read)).feed(text().getBytes(UTF_8));
    } catch (ProtocolFault e) {
      throw new IllegalArgumentException(e);
    }
    SocketAddress loopback = SocketAddress.inetSocketAddress(4573, "127.0.0.1");
    return new Request(requireNonNull(read.get()), loopback, loopback);
  }

  private static AgiParser.Events environmentInto(AtomicReference<@Nullable Environment> read) {
    return new AgiParser.Events() {
      @Override
      public void environment(Environment environment) {
        read.set(environment);
      }

      @Override
      public void reply(Reply reply) {
        throw new IllegalStateException();
      }

      @Override
      public void hangup() {
        throw new IllegalStateException();
      }
    };
  }
}
