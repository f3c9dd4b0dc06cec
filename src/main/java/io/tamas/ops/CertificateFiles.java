package io.tamas.ops;

import java.nio.file.Path;

/// A certificate and its private key, in PEM.
///
/// @param certificate with those of its issuers after it
public record CertificateFiles(Path certificate, Path key) {
  /// In a folder of an instance.
  static CertificateFiles in(Path folder) {
    return new CertificateFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
  }
}
