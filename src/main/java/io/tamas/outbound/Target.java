package io.tamas.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a request, in one form only: a host is a name, or an address of IPv4 in four
/// decimal numbers, or one of IPv6 in brackets. Other forms, which some resolvers take for
/// addresses (`0x7f.1`, `2130706433`), are none.
///
/// @param tls whether it begins with `https`
/// @param host a name in lower case without the last dot, or an address without brackets
/// @param uri path and query
public record Target(boolean tls, String host, int port, String uri) {
  /// The longest accepted text.
  public static final int MAX_LENGTH = 500;

  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  /// @throws IllegalArgumentException that says the rule which the text breaks
  public static Target parse(String text) {
    return parse(text, MAX_LENGTH);
  }

  /// @param most characters, for an address into which texts are inserted
  /// @throws IllegalArgumentException that says the rule which the text breaks
  public static Target parse(String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException("must have at most " + most + " characters");
    }
    URI uri = uri(text);
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if (!tls && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("must begin with https:// or http://");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must have neither a user nor a fragment (#)");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("must have a port from 1 to 65535");
    }
    return new Target(tls, host(uri), port, path(uri));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "must be an address such as https://crm.example.com/calls", e);
    }
  }

  private static String path(URI uri) {
    String path = Optional.ofNullable(uri.getRawPath()).filter(some -> !some.isEmpty()).orElse("/");
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static String host(URI uri) {
    String host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      return address(host.substring(1, host.length() - 1));
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!isName(name) && !isDecimal(name)) {
      throw new IllegalArgumentException(
          "must have a host: a name of letters (others than a-z in the form xn--), or an IP address");
    }
    return name;
  }

  /// Of IPv6 itself: an address of IPv4 within one is written as such, or not at all.
  private static String address(String text) {
    if (text.indexOf('%') < 0 && InetAddress.ofLiteral(text) instanceof Inet6Address address) {
      return address.getHostAddress();
    }
    throw new IllegalArgumentException(
        "must have in brackets an address of IPv6 itself, without a zone");
  }

  private static boolean isDecimal(String host) {
    return host.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}")
        && DOT.splitAsStream(host).allMatch(part -> Integer.parseInt(part) < 256);
  }

  private static boolean isName(String host) {
    List<String> labels = List.of(DOT.split(host, -1));
    return host.length() <= 253
        && !NUMERIC.matcher(labels.getLast()).matches()
        && labels.stream().allMatch(label -> LABEL.matcher(label).matches());
  }

  /// The address, if the host is one.
  Optional<InetAddress> literal() {
    return host.indexOf(':') >= 0 || isDecimal(host)
        ? Optional.of(InetAddress.ofLiteral(host))
        : Optional.empty();
  }

  /// As in the header field `Host`.
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /// For people: without the path, which may be secret.
  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority();
  }
}
