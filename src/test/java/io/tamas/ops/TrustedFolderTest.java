package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  /// The names of these files below `/etc/ssl/certs` of any Debian.
  @ParameterizedTest
  @CsvSource({
    "CN=ISRG Root X1,                                    4042bcee",
    "CN=DigiCert Global Root CA,                         3513523f",
    "CN=GlobalSign,                                      062cdee6",
    "CN=T-TeleSec GlobalRoot Class 3,                    5443e9e3"
  })
  void authorityIsFoundByTheHashOfOpenSsl(String name, String hash) throws Exception {
    Set<String> hashes =
        authorities().stream()
            .filter(one -> one.getSubjectX500Principal().getName().contains(name))
            .map(TrustedFolderTest::hash)
            .collect(Collectors.toSet());
    assertTrue(hashes.contains(hash), hashes::toString);
  }

  @Test
  void authoritiesOfOneNameAreNumberedAndOldOnesGone() throws Exception {
    X509Certificate first = authority("one");
    X509Certificate second = authority("two");
    TrustedFolder.write(folder, List.of(second));
    TrustedFolder.write(folder, List.of(first, first));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          Set.of(hash(first) + ".0", hash(first) + ".1"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    TrustedFolder.write(folder, List.of(second));
    assertTrue(Files.readString(folder.resolve(hash(second) + ".0")).contains("BEGIN CERTIFICATE"));
  }

  private X509Certificate authority(String place) throws IOException {
    Path own = Files.createDirectory(elsewhere.resolve(place));
    CertificateAuthority.in(own, "same", NOW);
    return Pem.certificates("test", CertificateAuthority.certificateFile(own)).getFirst();
  }

  private static String hash(X509Certificate certificate) {
    try {
      return TrustedFolder.hash(certificate);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<X509Certificate> authorities() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Stream.of(factory.getTrustManagers())
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
        .toList();
  }
}
