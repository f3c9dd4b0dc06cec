package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIP over TLS of an instance's Asterisk.
///
/// @param identity of the server, copied to where Asterisk reads it
/// @param trusted authorities of providers beside those that this machine trusts
public record SipTls(int port, CertificateFiles identity, Optional<Path> trusted) {
  private static final Logger log = LoggerFactory.getLogger(SipTls.class);

  /// Below the folder of Asterisk.
  private static final String FOLDER = "tls";

  /// The authorities that programs on this machine trust: Debian's place, and that of others.
  private static final List<Path> OF_THE_MACHINE =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"));

  /// The transport. TLS 1.2 or newer: the security level of OpenSSL in Asterisk's root refuses
  /// older ones.
  String transport(IpAddress address) {
    String inside = "/instance/asterisk/" + FOLDER + "/";
    return """

    [transport-tls](tamas-transport,tamas-connections)
    protocol = tls
    method = sslv23
    bind = %s
    cert_file = %scertificate.pem
    priv_key_file = %skey.pem
    ; of a provider that a trunk connects to
    ca_list_path = %strusted
    verify_server = yes
    """
        .formatted(address.withPort(port), inside, inside, inside);
  }

  /// Copies the files to where Asterisk reads them.
  ///
  /// @param asterisk the folder of Asterisk
  void write(Path asterisk) throws IOException {
    Path folder = asterisk.resolve(FOLDER);
    PrivateFiles.folder(folder);
    CertificateFiles copy = CertificateFiles.in(folder);
    PrivateFiles.write(copy.key(), Files.readString(identity.key()));
    PrivateFiles.write(copy.certificate(), Files.readString(identity.certificate()));
    TrustedFolder.write(folder.resolve("trusted"), authorities());
  }

  private List<X509Certificate> authorities() throws IOException {
    Optional<Path> bundle = OF_THE_MACHINE.stream().filter(Files::isReadable).findFirst();
    List<X509Certificate> all =
        new ArrayList<>(bundle.isPresent() ? Pem.certificates("--tls-ca", bundle.get()) : ofJava());
    trusted.ifPresent(file -> all.addAll(ofProviders(file)));
    return all.stream().distinct().toList();
  }

  /// The file was good when it was given; without it trunks whose provider needs it cannot connect,
  /// and all else can.
  private static List<X509Certificate> ofProviders(Path file) {
    try {
      return Pem.certificates("--tls-ca", file);
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("providers are trusted by the authorities of this machine only");
      return List.of();
    }
  }

  private static List<X509Certificate> ofJava() throws IOException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
          .toList();
    } catch (NoSuchAlgorithmException | KeyStoreException e) {
      throw new IOException("Java's certificate authorities cannot be read", e);
    }
  }
}
