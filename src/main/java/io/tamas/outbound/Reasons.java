package io.tamas.outbound;

import io.netty.handler.ssl.NotSslRecordException;
import io.tamas.text.Printable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Why a request was not answered, in words.
final class Reasons {
  private static final int MAX_LENGTH = 150;
  private static final int MAX_CAUSES = 10;
  private static final Pattern NAMES = Pattern.compile("^No (name matching|subject alternative)");

  private Reasons() {}

  static OutboundFault of(Throwable thrown, Duration patience) {
    return switch (thrown) {
      case OutboundFault fault -> fault;
      case TimeoutException _ ->
          new OutboundFault("no answer within " + patience.toMillis() / 1000.0 + " s");
      case UnknownHostException _ -> new OutboundFault("the name of the host is not known");
      case SSLException e -> new OutboundFault("TLS failed: " + tls(root(e)));
      case ConnectException _ -> new OutboundFault("cannot be connected to");
      // thrown by what decodes the answer
      case IllegalArgumentException _ -> new OutboundFault("what answers does not speak HTTP");
      default -> new OutboundFault("no answer: " + told(thrown));
    };
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; root.getCause() != null && depth < MAX_CAUSES; depth++) {
      root = root.getCause();
    }
    return root;
  }

  /// The messages are those of Java's own TLS.
  private static String tls(Throwable root) {
    String told = told(root);
    return switch (root) {
      case NotSslRecordException _ -> "what answers does not speak TLS";
      case CertificateExpiredException _ -> "the certificate has expired";
      case CertificateNotYetValidException _ -> "the certificate is not valid yet";
      case CertPathBuilderException _ ->
          "the certificate is of no authority that is trusted; outbound.authorities adds some";
      case CertificateException _ when NAMES.matcher(told).find() ->
          "the certificate is of another host";
      default -> told;
    };
  }

  private static String told(Throwable thrown) {
    String text = Printable.of(String.valueOf(thrown.getMessage()));
    return text.substring(0, Math.min(MAX_LENGTH, text.length()));
  }
}
