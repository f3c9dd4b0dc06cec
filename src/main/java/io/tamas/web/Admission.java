package io.tamas.web;

import io.tamas.config.Config;
import io.tamas.config.MachineName;
import io.tamas.number.IpRange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who sends a request: the holder of a key, by `Authorization`, or who has made a ticket, by the
/// parameter `ticket`, or else a user, by a cookie. A request by cookie that changes something, or
/// that becomes a stream, must come from a page of this server.
final class Admission {
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]{1,200})");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final Authenticator keys;
  private final Browsers browsers;
  private final KeyWatch keyWatch;
  private final KeyWatch sessionWatch;
  private final Origins origins;
  private final List<IpRange> trusted;
  private final CrossOrigin foreign;
  private final Tickets tickets;

  /// Who that is, and how their right is looked up again.
  record Admitted(Principal principal, String secret, KeyWatch watch) {}

  Admission(
      Vertx vertx,
      Config.Http config,
      Authenticator keys,
      Browsers browsers,
      CrossOrigin foreign,
      Tickets tickets) {
    this.foreign = foreign;
    this.tickets = tickets;
    this.keys = keys;
    this.browsers = browsers;
    this.keyWatch = new KeyWatch(vertx, keys);
    this.sessionWatch = new KeyWatch(vertx, browsers);
    this.origins = new Origins(config.publicUrl(), MachineName.get());
    this.trusted =
        config.trustedProxies().stream().flatMap(text -> IpRange.parse(text).stream()).toList();
  }

  /// @param acts whether the request changes something or becomes a stream
  Future<Admitted> authenticate(HttpServerRequest request, boolean acts) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      return byKey(header);
    }
    List<String> shown = request.params().getAll(TicketRoutes.PARAMETER);
    if (!shown.isEmpty() && reads(request)) {
      return byTicket(request, shown, acts);
    }
    if (!request.headers().contains(HttpHeaders.COOKIE)) {
      return Future.failedFuture(unknown());
    }
    return browsers.cookie().compose(name -> byCookie(request, name, acts));
  }

  /// By `Authorization: Bearer <key>` (RFC 6750).
  private Future<Admitted> byKey(String header) {
    Matcher matcher = BEARER.matcher(header.strip());
    if (!matcher.matches()) {
      return Future.failedFuture(Problem.unauthorized("Authorization must be: Bearer <key>"));
    }
    String key = matcher.group(1);
    return keys.authenticate(key).map(principal -> new Admitted(principal, key, keyWatch));
  }

  private static boolean reads(HttpServerRequest request) {
    return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
  }

  /// A page that becomes a stream says its origin, which no header of CORS is asked about.
  private Future<Admitted> byTicket(HttpServerRequest request, List<String> shown, boolean acts) {
    Optional<String> origin = Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN));
    boolean isStranger =
        acts
            && origin.filter(one -> !foreign.allows(one)).isPresent()
            && origins.refusal(page(request), place(request)).isPresent();
    if (isStranger) {
      return Future.failedFuture(
          Problem.forbidden(
              "the Origin %s is not in the setting http.allowedOrigins"
                  .formatted(Origins.printable(origin.orElseThrow()))));
    }
    return (shown.size() == 1
            ? tickets.use(shown.getFirst(), request.path())
            : Optional.<Admitted>empty())
        .map(maker ->
            maker
                .watch()
                .now(maker.secret())
                .map(now -> new Admitted(now, maker.secret(), maker.watch())))
        .orElseGet(() ->
            Future.failedFuture(
                Problem.unauthorized(
                    "the ticket was used, is older than a minute, or is for another address")));
  }

  static boolean showsKey(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && BEARER.matcher(header.strip()).matches();
  }

  private Future<Admitted> byCookie(HttpServerRequest request, String name, boolean acts) {
    List<String> tokens =
        cookies(request.headers().getAll(HttpHeaders.COOKIE), client(request).cookie(name));
    if (tokens.isEmpty()) {
      return Future.failedFuture(unknown());
    }
    Optional<Problem> foreign =
        acts ? origins.refusal(page(request), place(request)) : Optional.empty();
    if (foreign.isPresent()) {
      return Future.failedFuture(foreign.get());
    }
    String token = tokens.getFirst();
    if (tokens.size() > 1 || !TOKEN.matcher(token).matches()) {
      return Future.failedFuture(Problem.unauthorized("the cookie is of no session"));
    }
    return browsers
        .authenticate(token)
        .map(principal -> new Admitted(principal, token, sessionWatch));
  }

  /// All of that name: a second one may have been planted.
  private static List<String> cookies(List<String> fields, String name) {
    return fields.stream()
        .flatMap(field -> Stream.of(field.split(";")))
        .map(String::strip)
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .toList();
  }

  private static Problem unknown() {
    return Problem.unauthorized(
        "an API key is required, as Authorization: Bearer <key>, or the cookie of a session");
  }

  /// What changes something without a key or a cookie, which is to sign in: a page of somebody else
  /// would sign its visitors in as its own user.
  Optional<Problem> refusalOfStranger(HttpServerRequest request) {
    Origins.Page page = page(request);
    return page.isSaid() ? origins.refusal(page, place(request)) : Optional.empty();
  }

  private static Origins.Page page(HttpServerRequest request) {
    return new Origins.Page(
        Optional.ofNullable(request.getHeader("sec-fetch-site")),
        Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)));
  }

  private static Origins.Place place(HttpServerRequest request) {
    return new Origins.Place(
        request.isSSL(), request.localAddress().hostAddress(), request.localAddress().port());
  }

  Client client(HttpServerRequest request) {
    return Client.of(
        String.valueOf(request.remoteAddress().hostAddress()),
        request.isSSL(),
        request.headers().getAll("x-forwarded-for"),
        request.headers().getAll("x-forwarded-proto"),
        trusted);
  }

  void close() {
    keyWatch.close();
    sessionWatch.close();
  }
}
