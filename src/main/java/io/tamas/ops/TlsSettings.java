package io.tamas.ops;

import java.nio.file.Path;
import java.util.Optional;

/// What an instance was told about TLS.
///
/// @param given the certificate to use; empty: the instance issues one itself
/// @param trusted a file with the certificates of authorities (PEM) that providers are trusted by
///   beside those of this machine
/// @param plainHttp whether other machines reach the API without TLS
public record TlsSettings(
    Optional<CertificateFiles> given, Optional<Path> trusted, boolean plainHttp) {
  public static final TlsSettings OWN = new TlsSettings(Optional.empty(), Optional.empty(), false);

  /// The same as it would be requested.
  TlsRequest asRequest() {
    return new TlsRequest(
        given.map(files -> files.certificate().toString()),
        given.map(files -> files.key().toString()),
        trusted.map(Path::toString),
        Optional.of(Boolean.toString(plainHttp)));
  }
}
