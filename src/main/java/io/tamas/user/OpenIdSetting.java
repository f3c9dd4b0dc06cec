package io.tamas.user;

import io.tamas.openid.OpenId;
import io.tamas.seal.Seal;
import io.tamas.web.Request;
import java.util.List;

/// That users may sign in at an issuer of OpenID Connect.
///
/// @param seal of what browsers keep meanwhile
/// @param origins `http.publicUrl`, of which there is one at least
public record OpenIdSetting(OpenId openId, Seal seal, List<String> origins) {
  /// Where the browser is; a name that it was only told is not believed.
  String origin(Request request) {
    String host = request.header("host").orElse("");
    return origins.stream()
        .filter(origin -> origin.replaceFirst("^[a-zA-Z]+://", "").equalsIgnoreCase(host))
        .findFirst()
        .orElse(origins.getFirst());
  }
}
