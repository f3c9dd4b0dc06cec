package io.tamas.outbound;

import io.tamas.text.Printable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Why a request was not answered, in words.
final class Reasons {
  private static final int MAX_LENGTH = 150;

  private Reasons() {}

  static OutboundFault of(Throwable thrown, Duration patience) {
    return switch (thrown) {
      case OutboundFault fault -> fault;
      case TimeoutException _ ->
          new OutboundFault("no answer within " + patience.toMillis() / 1000.0 + " s");
      case UnknownHostException _ -> new OutboundFault("the name of the host is not known");
      case SSLException e -> new OutboundFault("TLS failed: " + told(e));
      case ConnectException _ -> new OutboundFault("cannot be connected to");
      default -> new OutboundFault("no answer: " + told(thrown));
    };
  }

  private static String told(Throwable thrown) {
    String text = Printable.of(String.valueOf(thrown.getMessage()));
    return text.substring(0, Math.min(MAX_LENGTH, text.length()));
  }
}
