package io.tamas.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.tamas.config.Secret;
import io.tamas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/// One JSON object a line: time, level, logger, thread, message, then the event's own keys, such as
/// `call`, and the stack trace of an exception.
///
/// Untrusted text cannot start a new line: JSON escapes it.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final int MAX_TEXT = 4000;
  private static final int MAX_TRACE = 16_000;
  private static final byte[] NOTHING = new byte[0];

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("thread", event.getThreadName());
    line.put("message", cut(String.valueOf(event.getFormattedMessage()), MAX_TEXT));
    event.getMDCPropertyMap().forEach((key, value) -> line.putIfAbsent(key, cut(value, MAX_TEXT)));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> line.put(unique(pair.key), written(pair.value)));
    }
    if (event.getThrowableProxy() != null) {
      line.put("exception", cut(ThrowableProxyUtil.asString(event.getThrowableProxy()), MAX_TRACE));
    }
    return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  /// A key that would hide one of the standard keys gets an underscore.
  private static String unique(String key) {
    return List.of("time", "level", "logger", "thread", "message").contains(key) ? key + "_" : key;
  }

  private static Object written(Object value) {
    return switch (value) {
      case null -> "";
      case Secret secret -> secret.toString();
      case Number number -> number;
      case Boolean flag -> flag;
      default -> cut(String.valueOf(value), MAX_TEXT);
    };
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max) + "…";
  }
}
