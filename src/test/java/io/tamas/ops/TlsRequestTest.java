package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `up` is told about TLS.
class TlsRequestTest {
  private static final Path CERTIFICATE = Path.of("/etc/pbx.pem");
  private static final Path KEY = Path.of("/etc/pbx-key.pem");
  private static final TlsSettings GIVEN =
      new TlsSettings(
          Optional.of(new CertificateFiles(CERTIFICATE, KEY)),
          Optional.of(Path.of("/etc/provider.pem")),
          true);

  @TempDir private Path folder;

  @Test
  void whatIsNotRequestedStaysAsItWas() {
    assertEquals(GIVEN, request(null, null, null, null).applyTo(GIVEN));
    assertEquals(TlsSettings.OWN, request(null, null, null, null).applyTo(TlsSettings.OWN));
    assertEquals(
        new TlsSettings(Optional.empty(), GIVEN.trusted(), true),
        request("none", null, null, null).applyTo(GIVEN));
    assertEquals(
        request("none", null, null, null).applyTo(GIVEN),
        request("none", "none", null, null).applyTo(GIVEN));
    assertEquals(
        request("none", null, null, null).applyTo(GIVEN),
        request(null, "none", null, null).applyTo(GIVEN));
    assertEquals(
        new TlsSettings(GIVEN.given(), Optional.empty(), false),
        request(null, null, "none", "false").applyTo(GIVEN));
  }

  @Test
  void optionsTakePrecedenceOverTheEnvironment() {
    TlsRequest environment =
        TlsRequest.fromEnvironment(
            Map.of(
                "TAMAS_TLS_CERTIFICATE", "/a.pem",
                "TAMAS_TLS_KEY", "/a-key.pem",
                "TAMAS_TLS_CA", "/ca.pem",
                "TAMAS_HTTP_PLAIN", "true"));
    assertEquals(
        request("/b.pem", "/b-key.pem", "/ca.pem", "false"),
        request("/b.pem", "/b-key.pem", null, "false").or(environment));
    assertEquals(environment, request(null, null, null, null).or(environment));
  }

  @Test
  void whatIsWrongIsToldByItsOption() {
    assertRefused(
        "--tls-certificate and --tls-key belong together", request("/a", null, null, null));
    assertRefused(
        "--tls-certificate and --tls-key belong together", request(null, "/a", null, null));
    assertRefused("--http-plain must be true or false", request(null, null, null, "yes"));
    var fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> request("/no/such/file", "/a", null, null).requireFiles());
    assertEquals("--tls-certificate must be a readable file: /no/such/file", fault.getMessage());
  }

  @Test
  void fileWithoutAnAuthorityIsRefusedBeforeAnythingStarts() throws IOException {
    Path garbage = Files.writeString(folder.resolve("garbage.pem"), "hello");
    var fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> request(null, null, garbage.toString(), null).requireFiles());
    assertEquals("--tls-ca: there is no certificate (PEM) in " + garbage, fault.getMessage());
  }

  @Test
  void whatWasToldIsReadAtTheNextStart() throws IOException {
    InstanceFolder.keep(
        InstanceFolder.choose(folder, Map.of(), SipNetwork.LOOPBACK, GIVEN, VoiceSettings.DEFAULT));
    assertEquals(GIVEN, InstanceFolder.read(folder).tls());
    assertEquals(GIVEN, InstanceFolder.choose(folder, Map.of()).tls());
  }

  private static void assertRefused(String told, TlsRequest request) {
    var fault =
        assertThrows(IllegalArgumentException.class, () -> request.applyTo(TlsSettings.OWN));
    assertTrue(String.valueOf(fault.getMessage()).startsWith(told), fault.getMessage());
  }

  private static TlsRequest request(
      @Nullable String certificate,
      @Nullable String key,
      @Nullable String trusted,
      @Nullable String plain) {
    return new TlsRequest(
        Optional.ofNullable(certificate),
        Optional.ofNullable(key),
        Optional.ofNullable(trusted),
        Optional.ofNullable(plain));
  }
}
