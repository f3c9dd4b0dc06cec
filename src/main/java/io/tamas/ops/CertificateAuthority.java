package io.tamas.ops;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate authority of an instance: users import its certificate into phones and browsers
/// once, and then these trust every server certificate that it issues.
///
/// @param identity its certificate and its key
record CertificateAuthority(TlsIdentity identity) {
  private static final Duration VALID = Duration.ofDays(3653);
  private static final Duration SERVER_VALID = Duration.ofDays(397);

  /// Clocks of phones may be slow.
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final int KEY_BITS = 2048;
  private static final int SERIAL_BITS = 128;
  private static final String SIGNATURE = "SHA256withRSA";

  /// The one in the folder; a new one if there is none, or it expires before a server certificate
  /// would.
  ///
  /// @param name what users see when they import it
  static CertificateAuthority in(Path folder, String name, Instant now) throws IOException {
    CertificateFiles files =
        new CertificateFiles(certificateFile(folder), folder.resolve("ca-key.pem"));
    if (Files.exists(files.certificate())) {
      TlsIdentity known = TlsIdentity.read(files);
      if (known.validUntil().isAfter(now.plus(SERVER_VALID))) {
        return new CertificateAuthority(known);
      }
    }
    CertificateAuthority made = make(name, now);
    made.identity().write(files);
    return made;
  }

  static Path certificateFile(Path folder) {
    return folder.resolve("ca.pem");
  }

  private static CertificateAuthority make(String name, Instant now) throws IOException {
    // a phone that knows an earlier authority of the same name would reject the new one
    String serial = new BigInteger(32, new SecureRandom()).toString(16);
    X500Name itself = commonName("Tamas CA " + name + " " + serial);
    KeyPair keys = keys();
    X509Certificate certificate =
        sign(
            itself,
            keys,
            itself,
            keys.getPublic(),
            now,
            now.plus(VALID),
            (builder, identifiers) -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            });
    return new CertificateAuthority(new TlsIdentity(List.of(certificate), keys.getPrivate()));
  }

  /// Whether it has signed that certificate.
  boolean issued(X509Certificate certificate) {
    try {
      certificate.verify(identity.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// A new key, and a certificate that makes it a server's.
  TlsIdentity issue(ServerNames names, Instant now) throws IOException {
    KeyPair server = keys();
    X509Certificate own = identity.certificate();
    X509Certificate certificate =
        sign(
            new X500Name(own.getSubjectX500Principal().getName()),
            new KeyPair(own.getPublicKey(), identity.key()),
            commonName("Tamas"),
            server.getPublic(),
            now,
            now.plus(SERVER_VALID),
            (builder, identifiers) -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
              builder.addExtension(
                  Extension.keyUsage,
                  true,
                  new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
              // as the client of a provider, too
              builder.addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(
                      new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                      }));
              builder.addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  identifiers.createAuthorityKeyIdentifier(own));
              builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            });
    return new TlsIdentity(List.of(certificate, own), server.getPrivate());
  }

  private static GeneralNames alternatives(ServerNames names) {
    Stream<GeneralName> hosts =
        names.dnsNames().stream().map(name -> new GeneralName(GeneralName.dNSName, name));
    Stream<GeneralName> addresses =
        names.addresses().stream().map(name -> new GeneralName(GeneralName.iPAddress, name));
    return new GeneralNames(Stream.concat(hosts, addresses).toArray(GeneralName[]::new));
  }

  @FunctionalInterface
  private interface Extensions {
    void addTo(X509v3CertificateBuilder builder, JcaX509ExtensionUtils identifiers)
        throws IOException, GeneralSecurityException;
  }

  private static X509Certificate sign(
      X500Name issuer,
      KeyPair issuerKeys,
      X500Name subject,
      PublicKey key,
      Instant now,
      Instant until,
      Extensions extensions)
      throws IOException {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
              Date.from(now.minus(BACKDATED)),
              Date.from(until),
              subject,
              key);
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
      extensions.addTo(builder, identifiers);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuerKeys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("a certificate could not be made: " + e.getMessage(), e);
    }
  }

  private static X500Name commonName(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  private static KeyPair keys() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException("a key could not be made: " + e.getMessage(), e);
    }
  }
}
