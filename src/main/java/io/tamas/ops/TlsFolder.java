package io.tamas.ops;

import io.tamas.config.MachineName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The certificates of an instance, in a folder that only its owner may read.
///
/// @param folder its `tls`
public record TlsFolder(Path folder) {
  /// Less than that left: renewed.
  private static final Duration RENEWED = Duration.ofDays(60);

  /// What users may want to know of the certificate that is in use.
  ///
  /// @param authority the certificate to be imported into phones; empty: the certificate was given
  /// @param names host names and addresses that it is valid for
  public record InUse(Optional<Path> authority, List<String> names, Instant until) {}

  /// The certificate that clients are shown; it is there once [#prepare] has returned.
  public CertificateFiles files() {
    return CertificateFiles.in(folder);
  }

  /// The certificate of the instance's own authority.
  public Path authority() {
    return CertificateAuthority.certificateFile(folder);
  }

  /// Issues or copies the certificate, if there is none yet, it expires soon, or it is not valid
  /// for the addresses any more.
  ///
  /// @param cell the name of the instance
  /// @param before the settings of its last start: a certificate that was good then is used on,
  ///   whatever has become of its files, so that telephony starts
  /// @return a warning, if it is
  /// @throws IOException with a message for users
  public Optional<String> prepare(
      String cell, SipNetwork network, TlsSettings settings, TlsSettings before, Instant now)
      throws IOException {
    PrivateFiles.folder(folder);
    if (settings.given().isPresent()) {
      return copy(settings.given().get(), settings.given().equals(before.given()), now);
    }
    String hostName = MachineName.get();
    ServerNames names = ServerNames.of(network, IpAddress.ofThisMachine(), hostName);
    CertificateAuthority authority = CertificateAuthority.in(folder, cell, now);
    if (!isCurrent(authority, names, now)) {
      authority.issue(names, now).write(files());
    }
    return Optional.empty();
  }

  /// Where it was given from it is read again at each start: it may have been renewed there.
  private Optional<String> copy(CertificateFiles given, boolean kept, Instant now)
      throws IOException {
    try {
      TlsIdentity.given(given, now).write(files());
      return Optional.empty();
    } catch (IOException fault) {
      if (kept && Files.exists(files().certificate()) && TlsIdentity.read(files()).keyFits()) {
        return Optional.of(fault.getMessage() + "; the certificate of the last start is used");
      }
      throw fault;
    }
  }

  private boolean isCurrent(CertificateAuthority authority, ServerNames names, Instant now)
      throws IOException {
    if (!Files.exists(files().certificate())) {
      return false;
    }
    TlsIdentity known = TlsIdentity.read(files());
    return known.keyFits()
        && known.names().equals(names.all())
        && known.dnsNames().equals(names.dnsNames())
        && known.validUntil().isAfter(now.plus(RENEWED))
        && authority.issued(known.certificate());
  }

  /// Empty before the first start beyond loopback.
  public Optional<InUse> inUse(TlsSettings settings) throws IOException {
    if (!Files.exists(files().certificate())) {
      return Optional.empty();
    }
    TlsIdentity identity = TlsIdentity.read(files());
    Optional<Path> authority =
        settings.given().isPresent() ? Optional.empty() : Optional.of(authority());
    return Optional.of(new InUse(authority, List.copyOf(identity.names()), identity.validUntil()));
  }
}
