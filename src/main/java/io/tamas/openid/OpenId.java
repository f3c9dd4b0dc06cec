package io.tamas.openid;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.outbound.OutboundClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Signing in at the issuer of the configuration: authorization code with PKCE (OpenID Connect Core
/// 1.0, RFC 9700). A sign-in waits for the issuer for some seconds, and fails with [OpenIdFault].
public final class OpenId {
  private static final String SCOPE = "openid email";

  private final Config.Openid config;
  private final Issuer issuer;
  private final InstantSource clock;

  public OpenId(Config.Openid config, OutboundClient client, InstantSource clock) {
    this.config = config;
    this.issuer = new Issuer(config.issuer(), client, clock);
    this.clock = clock;
  }

  /// The name of the issuer.
  public String issuer() {
    return config.issuer();
  }

  /// To where the browser is sent.
  public String address(Attempt attempt) throws OpenIdFault {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", config.clientId());
    query.put("redirect_uri", attempt.redirect());
    query.put("scope", SCOPE);
    query.put("state", attempt.state());
    query.put("nonce", attempt.nonce());
    query.put("code_challenge", attempt.challenge());
    query.put("code_challenge_method", "S256");
    return with(issuer.known().discovery().authorization(), query);
  }

  /// To where the browser is sent to sign out at the issuer, too, which asks before it does so: no
  /// token is kept by which it would know without asking. Empty if it has no such place.
  ///
  /// @param after to where it sends the browser back
  public Optional<String> endAddress(String after) throws OpenIdFault {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", config.clientId());
    query.put("post_logout_redirect_uri", after);
    return issuer.known().discovery().end().map(address -> with(address, query));
  }

  private static String with(String address, Map<String, String> query) {
    return address + (address.contains("?") ? "&" : "?") + form(query);
  }

  /// Who has signed in.
  ///
  /// @param code with which the browser came back
  /// @param said the issuer that sent it, if it said so
  public Identity identity(Attempt attempt, String code, Optional<String> said) throws OpenIdFault {
    Discovery discovery = issuer.known().discovery();
    if (!said.map(config.issuer()::equals).orElse(!discovery.saysIssuer())) {
      throw OpenIdFault.refused("another issuer has sent the browser");
    }
    JsonNode answer = issuer.post(discovery.token(), headers(), form(attempt, code));
    IdToken token = IdToken.parse(answer.path("id_token").asText());
    Issuer.Known known = issuer.known();
    if (!token.isOfKnownKey(known.keys())) {
      known = issuer.renewed();
    }
    return token.check(
        known.keys(),
        new IdToken.Expected(config.issuer(), config.clientId(), attempt.nonce()),
        clock.instant());
  }

  /// What an error is called that the browser brings back, as it may stand in a log.
  public static String error(String code) {
    return Issuer.error(code);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/x-www-form-urlencoded");
    headers.put("accept", "application/json");
    config.clientSecret().ifPresent(secret -> headers.put("authorization", basic(secret)));
    return headers;
  }

  /// RFC 6749 section 2.3.1.
  private String basic(Secret secret) {
    String pair = encoded(config.clientId()) + ":" + encoded(secret.reveal());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  private String form(Attempt attempt, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", attempt.redirect());
    form.put("client_id", config.clientId());
    form.put("code_verifier", attempt.verifier());
    return form(form);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
