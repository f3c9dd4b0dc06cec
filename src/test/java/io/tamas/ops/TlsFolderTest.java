package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The certificates of an instance: issued by its own authority, or given.
class TlsFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final SipNetwork OFFICE = network("192.0.2.10", "203.0.113.7");

  @TempDir private static Path elsewhere;
  private static CertificateAuthority another;
  @TempDir private Path folder;
  private TlsFolder tls;

  @BeforeAll
  static void makeAuthority() throws IOException {
    another = CertificateAuthority.in(elsewhere, "another", NOW);
  }

  @BeforeEach
  void open() {
    tls = new TlsFolder(folder.resolve("tls"));
  }

  @Test
  void ownCertificateIsIssuedForTheAddressesAndTheNamesOfTheMachine() throws Exception {
    prepare(OFFICE, NOW);
    X509Certificate server = read().certificate();
    assertTrue(
        read().names().containsAll(Set.of("192.0.2.10", "203.0.113.7", "127.0.0.1", "localhost")),
        read()::toString);
    assertTrue(read().names().contains(InetAddress.getLocalHost().getHostName()));
    // for phones that look for an address among the names only
    assertTrue(read().dnsNames().containsAll(Set.of("192.0.2.10", "localhost")));
    X509Certificate authority = authority();
    server.verify(authority.getPublicKey());
    assertEquals(authority.getSubjectX500Principal(), server.getIssuerX500Principal());
    assertEquals(List.of(server, authority), read().chain());
    assertEquals(-1, server.getBasicConstraints());
    assertEquals(0, authority.getBasicConstraints());
    assertTrue(authority.getSubjectX500Principal().getName().contains("Tamas CA office"));
    assertTrue(authority.getNotAfter().toInstant().isAfter(NOW.plus(Duration.ofDays(3650))));
    assertOnlyTheOwnerReads();
  }

  private void assertOnlyTheOwnerReads() throws IOException {
    try (Stream<Path> files = Files.list(tls.folder())) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void certificateIsKeptUntilItExpiresSoonOrTheAddressesChangeAndTheAuthorityStays()
      throws Exception {
    prepare(OFFICE, NOW);
    X509Certificate authority = authority();
    X509Certificate first = read().certificate();
    prepare(OFFICE, NOW.plus(Duration.ofDays(300)));
    assertEquals(first, read().certificate());

    prepare(OFFICE, NOW.plus(Duration.ofDays(340)));
    X509Certificate renewed = read().certificate();
    assertNotEquals(first, renewed);
    prepare(network("192.0.2.11", "203.0.113.7"), NOW.plus(Duration.ofDays(340)));
    assertNotEquals(renewed, read().certificate());
    assertTrue(read().names().contains("192.0.2.11"));
    assertFalse(read().names().contains("192.0.2.10"));
    assertEquals(authority, authority());
  }

  @Test
  void authorityThatExpiresBeforeItsCertificatesIsReplaced() throws Exception {
    prepare(OFFICE, NOW);
    X509Certificate authority = authority();
    prepare(OFFICE, NOW.plus(Duration.ofDays(3400)));
    assertNotEquals(authority, authority());
    read().certificate().verify(authority().getPublicKey());
  }

  @Test
  void certificateWhoseKeyIsAnotherOneIsReplaced() throws Exception {
    prepare(OFFICE, NOW);
    X509Certificate first = read().certificate();
    Files.copy(
        tls.folder().resolve("ca-key.pem"),
        tls.files().key(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    prepare(OFFICE, NOW);
    assertNotEquals(first, read().certificate());
    assertTrue(read().keyFits());
  }

  @Test
  void givenCertificateIsCopiedAndReadAgainAtEachStartWhileItIsThere() throws Exception {
    CertificateFiles given = given("pbx", NOW);
    prepare(OFFICE, using(given), NOW);
    assertEquals(TlsIdentity.read(given), read());
    assertEquals(Optional.empty(), tls.inUse(using(given)).orElseThrow().authority());

    TlsIdentity renewed = identity(NOW.plus(Duration.ofDays(30)));
    renewed.write(given);
    prepare(OFFICE, using(given), NOW.plus(Duration.ofDays(31)));
    assertEquals(renewed, read());

    prepare(OFFICE, TlsSettings.OWN, NOW);
    read().certificate().verify(authority().getPublicKey());
  }

  /// A power cut starts the instance anew, and the office must be able to call.
  @Test
  void certificateOfTheLastStartIsUsedWhateverHasBecomeOfItsFiles() throws Exception {
    CertificateFiles given = given("pbx", NOW);
    assertEquals(Optional.empty(), again(given, TlsSettings.OWN, NOW));
    TlsIdentity first = read();

    Instant later = NOW.plus(Duration.ofDays(400));
    assertWarns(
        "--tls-certificate: " + given.certificate() + " expired on 2027-12-30", given, later);
    CertificateFiles other = given("other", NOW);
    Files.copy(other.key(), given.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(given.certificate(), "renewed by half");
    assertWarns("--tls-certificate: there is no certificate (PEM)", given, NOW);
    Files.delete(given.certificate());
    Files.delete(given.key());
    assertWarns("--tls-certificate: " + given.certificate() + " cannot be read", given, NOW);
    assertEquals(first, read());

    // one that was never used is refused
    assertThrows(IOException.class, () -> again(given, TlsSettings.OWN, NOW));
    assertThrows(IOException.class, () -> again(given, using(other), NOW));
  }

  private void assertWarns(String told, CertificateFiles given, Instant now) throws IOException {
    String warning = again(given, using(given), now).orElseThrow();
    assertTrue(warning.startsWith(told), warning);
    assertTrue(warning.endsWith("; the certificate of the last start is used"), warning);
  }

  private Optional<String> again(CertificateFiles given, TlsSettings before, Instant now)
      throws IOException {
    return tls.prepare("office", OFFICE, using(given), before, now);
  }

  @ParameterizedTest
  @CsvSource({"RSA,1024,shorter", "Ed25519,0,EdDSA"})
  void keyThatPhonesCannotUseIsRefused(String kind, int bits, String told) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (bits > 0) {
      generator.initialize(bits);
    }
    CertificateFiles files = given("weak", NOW);
    Files.writeString(files.key(), Pem.text(generator.generateKeyPair().getPrivate()));
    assertRefused(
        "the key in "
            + files.key()
            + " must be RSA of at least 2048 bits, or EC, such as P-256; it is "
            + told,
        files,
        NOW);
  }

  @Test
  void whatIsWrongWithAGivenCertificateIsToldByItsOptionAndNothingOfTheKey() throws Exception {
    CertificateFiles one = given("one", NOW);
    CertificateFiles other = given("other", NOW);
    assertRefused(
        "--tls-key: "
            + other.key()
            + " is not the key of the first certificate in "
            + one.certificate(),
        new CertificateFiles(one.certificate(), other.key()),
        NOW);
    assertRefused("--tls-certificate: there is no certificate", swapped(one), NOW);
    assertRefused(
        "--tls-key: there is no private key",
        new CertificateFiles(one.certificate(), one.certificate()),
        NOW);
    assertRefused("expired on 2027-12-30", one, NOW.plus(Duration.ofDays(400)));
    assertRefused("valid only from 2026-11-27 on", one, NOW.minus(Duration.ofDays(10)));
    Path garbage =
        Files.writeString(folder.resolve("garbage"), "-----BEGIN PRIVATE KEY-----\nsec\n");
    assertRefused("--tls-key: ", new CertificateFiles(one.certificate(), garbage), NOW);
    Path locked =
        Files.writeString(
            folder.resolve("locked"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + "MIGrMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjQ\n"
                + "-----END ENCRYPTED PRIVATE KEY-----\n");
    assertRefused("--tls-key: ", new CertificateFiles(one.certificate(), locked), NOW);
    assertRefused(
        "--tls-certificate: "
            + folder.resolve("gone")
            + " cannot be read: there is no such file or folder",
        new CertificateFiles(folder.resolve("gone"), one.key()),
        NOW);
  }

  private static CertificateFiles swapped(CertificateFiles files) {
    return new CertificateFiles(files.key(), files.certificate());
  }

  private void assertRefused(String told, CertificateFiles files, Instant now) throws IOException {
    var fault = assertThrows(IOException.class, () -> prepare(OFFICE, using(files), now));
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.contains(told), message);
    for (Path file : List.of(files.key(), files.certificate())) {
      if (Files.exists(file)) {
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("-----"))
            .forEach(line -> assertFalse(message.contains(line), message));
      }
    }
  }

  private CertificateFiles given(String name, Instant now) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    CertificateFiles files = CertificateFiles.in(place);
    identity(now).write(files);
    return files;
  }

  /// Of another authority, whose key all tests share: a new one takes long.
  private static TlsIdentity identity(Instant now) throws IOException {
    return another.issue(new ServerNames(Set.of("pbx.example"), Set.of("192.0.2.10")), now);
  }

  private void prepare(SipNetwork network, Instant now) throws IOException {
    prepare(network, TlsSettings.OWN, now);
  }

  private void prepare(SipNetwork network, TlsSettings settings, Instant now) throws IOException {
    tls.prepare("office", network, settings, TlsSettings.OWN, now);
  }

  private TlsIdentity read() throws IOException {
    return TlsIdentity.read(tls.files());
  }

  private X509Certificate authority() throws IOException {
    return Pem.certificates("", CertificateAuthority.certificateFile(tls.folder())).getFirst();
  }

  private static TlsSettings using(CertificateFiles files) {
    return new TlsSettings(Optional.of(files), Optional.empty(), false);
  }

  private static SipNetwork network(String address, String external) {
    return new SipRequest(Optional.of(address), Optional.of(external), List.of())
        .applyTo(SipNetwork.LOOPBACK);
  }
}
