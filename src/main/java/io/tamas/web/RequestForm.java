package io.tamas.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What must be right about a request before its address is looked at: where parsers are lenient,
/// two on the way, such as a proxy and this server, can read one request differently. Pure.
final class RequestForm {
  private static final int HEX_DIGITS = 2;

  /// `uri-host [":" port]` (RFC 9112 section 3.2, RFC 3986 section 3.2.2).
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

  /// Fields with one value, of which another reader may take the last.
  private static final List<String> ONCE = List.of("authorization", "content-type", "range");

  private RequestForm() {}

  static Optional<Problem> fault(HttpServerRequest request) {
    return host(request).or(() -> twice(request.headers())).or(() -> address(request.uri()));
  }

  /// A client of HTTP/1.0 may send none.
  private static Optional<Problem> host(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    boolean isMissing = hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_1;
    if (isMissing || hosts.size() > 1) {
      return bad("header:host", "must be given once");
    }
    boolean isRead = hosts.isEmpty() || request.authority() != null;
    return isRead && hosts.stream().allMatch(host -> HOST.matcher(host.strip()).matches())
        ? Optional.empty()
        : bad("header:host", "must be a host, or a host and a port");
  }

  private static Optional<Problem> twice(MultiMap headers) {
    return ONCE.stream()
        .filter(name -> headers.getAll(name).size() > 1)
        .findFirst()
        .flatMap(name -> bad("header:" + name, "must be given once"));
  }

  private static Optional<Problem> address(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    if (!isUtf8(path)) {
      return bad("path", "must be UTF-8, percent-encoded");
    }
    return query < 0 || isUtf8(uri.substring(query + 1))
        ? Optional.empty()
        : bad("query", "must be UTF-8, percent-encoded");
  }

  private static boolean isUtf8(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c != '%') {
        bytes.write(c);
      } else if (i + HEX_DIGITS < encoded.length()
          && HexFormat.isHexDigit(encoded.charAt(i + 1))
          && HexFormat.isHexDigit(encoded.charAt(i + 2))) {
        bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 1 + HEX_DIGITS));
        i += HEX_DIGITS;
      } else {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static Optional<Problem> bad(String where, String rule) {
    return Optional.of(Problem.bad("Bad request", where, rule));
  }
}
