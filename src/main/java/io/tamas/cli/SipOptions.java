package io.tamas.cli;

import io.tamas.ops.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where phones and trunks reach an instance, on the command line; each is stored in the instance.
final class SipOptions {
  @Option(
      names = "--address",
      paramLabel = "IP",
      description =
          "Address of this machine on which phones and trunks reach SIP (UDP and TCP) and voice;"
              + " 0.0.0.0: all (127.0.0.1)")
  private @Nullable String address;

  @Option(
      names = "--external-address",
      paramLabel = "IP",
      description =
          "Public address of the NAT in front of this machine, for SIP and SDP; none: no NAT")
  private @Nullable String externalAddress;

  @Option(
      names = "--local-net",
      paramLabel = "CIDR",
      description =
          "Range on this side of the NAT, may be repeated (the private ranges, such as"
              + " 192.168.0.0/16)")
  private List<String> localNets = new ArrayList<>();

  /// The options take precedence over the environment.
  SipRequest requested(Map<String, String> environment) {
    return new SipRequest(
            Optional.ofNullable(address), Optional.ofNullable(externalAddress), localNets)
        .or(SipRequest.fromEnvironment(environment));
  }
}
