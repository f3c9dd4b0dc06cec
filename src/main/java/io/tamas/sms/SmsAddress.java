package io.tamas.sms;

import io.tamas.config.Config;
import io.tamas.outbound.Target;
import java.util.Optional;
import java.util.stream.Stream;

/// What requests to an SMS gateway may reach: whoever writes the configuration names the gateway,
/// which may be in the network of the company. Pure.
public final class SmsAddress {
  private SmsAddress() {}

  /// What may be reached by others, and the gateway.
  public static Config.Outbound allowed(Config.Sms sms, Config.Outbound outbound) {
    return target(sms.url())
        .map(gateway ->
            new Config.Outbound(
                Stream.concat(outbound.allow().stream(), Stream.of(gateway.host())).toList(),
                Stream.concat(outbound.ports().stream(), Stream.of(gateway.port()))
                    .distinct()
                    .toList(),
                outbound.authorities()))
        .orElse(outbound);
  }

  /// One that is none is told when a message is to be sent.
  private static Optional<Target> target(String url) {
    try {
      return Optional.of(Target.parse(url.replaceAll("\\{[a-z]+}", "1")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
