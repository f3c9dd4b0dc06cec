package io.tamas.openid;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.outbound.Target;

/// What an issuer says of itself (OpenID Connect Discovery 1.0).
///
/// @param authorization to where browsers are sent
/// @param saysIssuer whether it names itself when it sends them back (RFC 9207)
record Discovery(String authorization, Target token, Target keys, boolean saysIssuer) {
  private static final String PATH = "/.well-known/openid-configuration";

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
        document.path("authorization_response_iss_parameter_supported").asBoolean());
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
