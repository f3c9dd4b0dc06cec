package io.tamas.asterisk.agi;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.fastagi.AgiRequest;
import org.jspecify.annotations.Nullable;

/// The environment as Asterisk-Java's scripts read it. A value that Asterisk gives as `unknown` is
/// null.
record Request(Environment environment, SocketAddress local, SocketAddress remote)
    implements AgiRequest {
  private static final String UNKNOWN = "unknown";

  @Override
  public Map<String, String> getRequest() {
    return environment.headers();
  }

  @Override
  public String getScript() {
    return environment.script();
  }

  @Override
  public @Nullable String getRequestURL() {
    return header("request");
  }

  @Override
  public String getChannel() {
    return environment.channel();
  }

  @Override
  public String getUniqueId() {
    return environment.uniqueId();
  }

  @Override
  public @Nullable String getType() {
    return header("type");
  }

  @Override
  public @Nullable String getLanguage() {
    return header("language");
  }

  @Override
  @Deprecated
  public @Nullable String getCallerId() {
    return getCallerIdNumber();
  }

  @Override
  public @Nullable String getCallerIdNumber() {
    return known("callerid");
  }

  @Override
  public @Nullable String getCallerIdName() {
    return known("calleridname");
  }

  @Override
  public @Nullable String getDnid() {
    return known("dnid");
  }

  @Override
  public @Nullable String getRdnis() {
    return known("rdnis");
  }

  @Override
  public @Nullable String getContext() {
    return header("context");
  }

  @Override
  public @Nullable String getExtension() {
    return header("extension");
  }

  @Override
  public @Nullable Integer getPriority() {
    return number("priority");
  }

  @Override
  public Boolean getEnhanced() {
    return "1.0".equals(header("enhanced"));
  }

  @Override
  public @Nullable String getAccountCode() {
    return header("accountcode");
  }

  @Override
  public @Nullable Integer getCallingPres() {
    return number("callingpres");
  }

  @Override
  public @Nullable Integer getCallingAni2() {
    return number("callingani2");
  }

  @Override
  public @Nullable Integer getCallingTon() {
    return number("callington");
  }

  @Override
  public @Nullable Integer getCallingTns() {
    return number("callingtns");
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return getParameterMap().getOrDefault(name, new String[0]);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, List<String>> values = new HashMap<>();
    for (String pair : environment.query().split("&", AgiLimits.ARGUMENTS)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    Map<String, String[]> parameters = new HashMap<>();
    values.forEach((name, list) -> parameters.put(name, list.toArray(String[]::new)));
    return parameters;
  }

  @Override
  public String[] getArguments() {
    return environment.arguments().toArray(String[]::new);
  }

  @Override
  public @Nullable InetAddress getLocalAddress() {
    return address(local);
  }

  @Override
  public int getLocalPort() {
    return local.port();
  }

  @Override
  public @Nullable InetAddress getRemoteAddress() {
    return address(remote);
  }

  @Override
  public int getRemotePort() {
    return remote.port();
  }

  @Override
  public AsteriskVersion getAsteriskVersion() {
    return AsteriskVersion.ASTERISK_22;
  }

  private @Nullable String header(String name) {
    String value = environment.headers().get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private @Nullable String known(String name) {
    String value = header(name);
    return UNKNOWN.equals(value) ? null : value;
  }

  private @Nullable Integer number(String name) {
    try {
      String value = header(name);
      return value == null ? null : Integer.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable InetAddress address(SocketAddress socket) {
    return socket.hostAddress() == null ? null : InetAddress.ofLiteral(socket.hostAddress());
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
