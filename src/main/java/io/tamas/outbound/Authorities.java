package io.tamas.outbound;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Who may issue certificates to the servers that are reached.
final class Authorities {
  private Authorities() {}

  /// Those in a file of PEM, and those that Java trusts.
  ///
  /// @throws IllegalArgumentException if the file has none, or cannot be read
  static TrustOptions of(Path file) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (Certificate one : Stream.concat(ofJava(), in(file).stream()).toList()) {
        all.setCertificateEntry("authority-" + number++, one);
      }
      TrustManagerFactory factory = factory();
      factory.init(all);
      return TrustOptions.wrap(factory);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("outbound.authorities cannot be read: " + file, e);
    }
  }

  private static List<? extends Certificate> in(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      List<? extends Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
      if (found.isEmpty()) {
        throw new IOException("no certificate");
      }
      return found;
    }
  }

  private static Stream<X509Certificate> ofJava() throws GeneralSecurityException {
    TrustManagerFactory factory = factory();
    factory.init((KeyStore) null);
    return Stream.of(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()));
  }

  private static TrustManagerFactory factory() throws GeneralSecurityException {
    return TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
  }
}
