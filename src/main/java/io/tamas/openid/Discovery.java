package io.tamas.openid;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.outbound.Target;
import java.util.Optional;

/// What an issuer says of itself (OpenID Connect Discovery 1.0).
///
/// @param authorization to where browsers are sent
/// @param saysIssuer whether it names itself when it sends them back (RFC 9207)
/// @param end to where browsers are sent to sign out there (RP-Initiated Logout 1.0)
record Discovery(
    String authorization, Target token, Target keys, boolean saysIssuer, Optional<String> end) {
  private static final String PATH = "/.well-known/openid-configuration";
  private static final String END = "end_session_endpoint";

  /// @throws IllegalArgumentException if the issuer is no address
  static Target at(String issuer) {
    return Target.parse(issuer.replaceFirst("/$", "") + PATH);
  }

  /// @throws OpenIdFault if it is the document of another issuer, or lacks something
  static Discovery of(JsonNode document, String issuer) throws OpenIdFault {
    String said = document.path("issuer").asText();
    if (!said.equals(issuer)) {
      throw OpenIdFault.unavailable("its document is that of another issuer than openid.issuer");
    }
    return new Discovery(
        target(document, "authorization_endpoint").url(),
        target(document, "token_endpoint").target(),
        target(document, "jwks_uri").target(),
        document.path("authorization_response_iss_parameter_supported").asBoolean(),
        end(document));
  }

  /// One that is no address is as none: users can sign in without it.
  private static Optional<String> end(JsonNode document) {
    try {
      return Optional.of(target(document, END).url());
    } catch (OpenIdFault none) {
      return Optional.empty();
    }
  }

  private record Address(String url, Target target) {}

  private static Address target(JsonNode document, String field) throws OpenIdFault {
    String url = document.path(field).asText();
    try {
      return new Address(url, Target.parse(url));
    } catch (IllegalArgumentException e) {
      throw OpenIdFault.unavailable("the " + field + " of its document " + e.getMessage());
    }
  }
}
