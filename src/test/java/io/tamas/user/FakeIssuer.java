package io.tamas.user;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tamas.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// An issuer of OpenID Connect that keeps to the standard unless it is told to lie.
final class FakeIssuer implements AutoCloseable {
  static final String CLIENT = "tamas";
  static final String SECRET = "secret of the client";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  final AtomicInteger keysAsked = new AtomicInteger();
  private volatile RSAKey key = key("one");

  /// The issuer that its document names.
  volatile Optional<String> claimed = Optional.empty();

  volatile boolean isSilent;
  volatile Optional<String> nonce = Optional.empty();

  /// That it wants of the client.
  volatile String secret = SECRET;

  /// Where it says that browsers sign out.
  volatile Optional<String> end = Optional.empty();

  /// A code that was given to a browser.
  private record Grant(String challenge, String redirect, JWTClaimsSet.Builder claims) {}

  FakeIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext("/keys", this::keys);
    server.createContext("/token", this::token);
    server.start();
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  void changeKey(String id) {
    key = key(id);
  }

  /// Somebody signs in, and the browser is given a code.
  ///
  /// @param query with which it came
  String signsIn(Map<String, String> query, String subject, String email, boolean verified) {
    if (!"S256".equals(query.get("code_challenge_method"))
        || !CLIENT.equals(query.get("client_id"))
        || !"code".equals(query.get("response_type"))) {
      throw new AssertionError("not as the standard says: " + query);
    }
    String code = UUID.randomUUID().toString();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(url())
            .audience(CLIENT)
            .subject(subject)
            .claim("nonce", nonce.orElse(query.getOrDefault("nonce", "")))
            .claim("email", email)
            .claim("email_verified", verified)
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    grants.put(
        code,
        new Grant(
            query.getOrDefault("code_challenge", ""),
            query.getOrDefault("redirect_uri", ""),
            claims));
    return code;
  }

  private void discovery(HttpExchange exchange) throws IOException {
    Map<String, Object> document = new HashMap<>();
    document.put("issuer", claimed.orElse(url()));
    document.put("authorization_endpoint", url() + "/authorize");
    document.put("token_endpoint", url() + "/token");
    document.put("jwks_uri", url() + "/keys");
    document.put("authorization_response_iss_parameter_supported", true);
    end.ifPresent(address -> document.put("end_session_endpoint", address));
    answer(exchange, 200, Json.write(document));
  }

  private void keys(HttpExchange exchange) throws IOException {
    keysAsked.incrementAndGet();
    answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (CLIENT + ":" + secret.replace(' ', '+')).getBytes(StandardCharsets.UTF_8));
    if (!basic.equals(exchange.getRequestHeaders().getFirst("authorization"))) {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    Grant grant = grants.remove(form.getOrDefault("code", ""));
    boolean isRight =
        grant != null
            && grant.redirect().equals(form.get("redirect_uri"))
            && grant.challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
    if (grant != null && isRight) {
      answer(exchange, 200, Json.write(Map.of("id_token", signed(grant.claims()))));
    } else {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
    }
  }

  private String signed(JWTClaimsSet.Builder claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As a form is sent.
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// Of a form or a query.
  static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split("&")) {
      int is = field.indexOf('=');
      fields.put(
          URLDecoder.decode(field.substring(0, is), StandardCharsets.UTF_8),
          URLDecoder.decode(field.substring(is + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    if (isSilent) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
