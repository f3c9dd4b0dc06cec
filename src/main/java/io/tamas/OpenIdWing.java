package io.tamas;

import io.tamas.config.Config;
import io.tamas.openid.OpenId;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.seal.Seal;
import io.tamas.user.OpenIdSetting;
import java.time.Duration;
import java.util.Optional;

/// Signing in at an issuer of OpenID Connect, and the client that reaches it.
final class OpenIdWing {
  /// Three requests fit into the time of one of ours.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int AT_ONCE = 4;

  private final Ground ground;
  private final OutboundClient client;

  OpenIdWing(Ground ground) {
    this.ground = ground;
    client =
        new OutboundClient(
            ground.vertx(),
            ground.config().outbound(),
            Resolver.ofMachine(ground.vertx(), AT_ONCE),
            PATIENCE,
            AT_ONCE);
  }

  /// Empty without an issuer in the configuration.
  Optional<OpenIdSetting> setting() {
    Config config = ground.config();
    return Seal.of(config.sealing())
        .filter(_ -> config.openid().isOn())
        .map(seal ->
            new OpenIdSetting(
                new OpenId(config.openid(), client, ground.clock()),
                seal,
                config.http().publicUrl()));
  }

  void start() {
    ground.running().closeWith(client);
  }
}
