package io.tamas.cli;

import io.tamas.ops.TlsRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What an instance is told about TLS on the command line; each is stored in the instance.
final class TlsOptions {
  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description =
          "Certificate for SIP over TLS and HTTPS (PEM, with its chain); none: the instance issues"
              + " its own")
  private @Nullable String certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of that certificate (PEM, without passphrase)")
  private @Nullable String key;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "Certificates of authorities (PEM) that providers are trusted by, beside those of this"
              + " machine; none: only those")
  private @Nullable String trusted;

  @Option(
      names = "--http-plain",
      paramLabel = "true|false",
      description = "Whether other machines reach the API without TLS (false)")
  private @Nullable String plainHttp;

  /// The options take precedence over the environment.
  TlsRequest requested(Map<String, String> environment) {
    return new TlsRequest(
            Optional.ofNullable(certificate),
            Optional.ofNullable(key),
            Optional.ofNullable(trusted),
            Optional.ofNullable(plainHttp))
        .or(TlsRequest.fromEnvironment(environment));
  }
}
