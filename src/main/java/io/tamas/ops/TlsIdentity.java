package io.tamas.ops;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// A certificate, followed by those of its issuers, and its private key: with it Asterisk and the
/// API identify themselves to TLS clients.
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final String CERTIFICATE_OPTION = "--tls-certificate";
  private static final String KEY_OPTION = "--tls-key";

  private static final int SHORTEST_RSA = 2_048;

  /// RFC 5280 section 4.2.1.6.
  private static final int DNS_NAME = 2;

  TlsIdentity {
    chain = List.copyOf(chain);
  }

  /// @throws IOException with a message for users, if the files cannot be read, the key does not
  ///   belong to the certificate, or the certificate is not valid now
  static TlsIdentity given(CertificateFiles files, Instant now) throws IOException {
    TlsIdentity given = read(files);
    given.requireKnownKey(files);
    if (!given.keyFits()) {
      throw new IOException(
          "%s: %s is not the key of the first certificate in %s"
              .formatted(KEY_OPTION, files.key(), files.certificate()));
    }
    if (given.isNotYetValid(now)) {
      throw new IOException(
          "%s: %s is valid only from %s on"
              .formatted(CERTIFICATE_OPTION, files.certificate(), day(given.validFrom())));
    }
    if (!given.validUntil().isAfter(now)) {
      throw new IOException(
          "%s: %s expired on %s"
              .formatted(CERTIFICATE_OPTION, files.certificate(), day(given.validUntil())));
    }
    return given;
  }

  /// OpenSSL refuses a shorter one at the handshake (security level 2).
  private void requireKnownKey(CertificateFiles files) throws IOException {
    boolean isShort = key instanceof RSAKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA;
    if (isShort || algorithm().isEmpty()) {
      throw new IOException(
          "%s: the key in %s must be RSA of at least %d bits, or EC, such as P-256; it is %s"
              .formatted(
                  KEY_OPTION, files.key(), SHORTEST_RSA, isShort ? "shorter" : key.getAlgorithm()));
    }
  }

  static TlsIdentity read(CertificateFiles files) throws IOException {
    return new TlsIdentity(
        Pem.certificates(CERTIFICATE_OPTION, files.certificate()),
        Pem.key(KEY_OPTION, files.key()));
  }

  /// As private files, the key first: a certificate that is there has its key.
  void write(CertificateFiles files) throws IOException {
    PrivateFiles.write(files.key(), Pem.text(key));
    PrivateFiles.write(files.certificate(), Pem.text(chain));
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  Instant validFrom() {
    return certificate().getNotBefore().toInstant();
  }

  Instant validUntil() {
    return certificate().getNotAfter().toInstant();
  }

  private boolean isNotYetValid(Instant now) {
    return validFrom().isAfter(now);
  }

  /// In UTC.
  static String day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /// The host names and addresses that it is valid for (RFC 5280, subject alternative names).
  Set<String> names() {
    return names(_ -> true);
  }

  /// Those of them that are given as DNS names.
  Set<String> dnsNames() {
    return names(type -> type == DNS_NAME);
  }

  private Set<String> names(IntPredicate types) {
    Set<String> names = new TreeSet<>();
    try {
      Collection<List<?>> alternatives =
          Objects.requireNonNullElse(certificate().getSubjectAlternativeNames(), List.of());
      // the type of the name, then its text
      alternatives.stream()
          .filter(name -> name.getFirst() instanceof Integer type && types.test(type))
          .forEach(name -> names.add(String.valueOf(name.get(1))));
    } catch (CertificateParsingException e) {
      return Set.of();
    }
    return names;
  }

  /// Whether the key is that of the certificate: RSA or EC.
  boolean keyFits() {
    return algorithm()
        .filter(algorithm -> verifies(algorithm, certificate().getPublicKey()))
        .isPresent();
  }

  /// Others are understood by neither phones nor browsers.
  private Optional<String> algorithm() {
    return switch (key.getAlgorithm()) {
      case "RSA" -> Optional.of("SHA256withRSA");
      case "EC", "ECDSA" -> Optional.of("SHA256withECDSA");
      default -> Optional.empty();
    };
  }

  private boolean verifies(String algorithm, PublicKey publicKey) {
    byte[] sample = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(sample);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(sample);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "certificate of " + names();
  }
}
