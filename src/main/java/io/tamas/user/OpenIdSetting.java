package io.tamas.user;

import io.tamas.openid.OpenId;
import io.tamas.seal.Seal;
import java.util.List;

/// That users may sign in at an issuer of OpenID Connect.
///
/// @param seal of what browsers keep meanwhile
/// @param origins `http.publicUrl`, of which there is one at least
public record OpenIdSetting(OpenId openId, Seal seal, List<String> origins) {}
