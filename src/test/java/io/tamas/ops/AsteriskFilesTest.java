package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsteriskFilesTest {
  @Test
  void fillsInWhatTheTemplateNames() {
    assertEquals(
        "bind = 127.0.0.1:5060",
        AsteriskFiles.fill("bind = ${HOST}:${PORT}", Map.of("HOST", "127.0.0.1", "PORT", "5060")));
  }

  @Test
  void connectionsByTcpAndTlsEndAsSoonByOneTemplate() throws Exception {
    String written = Files.readString(Path.of("asterisk-conf/pjsip.conf"));
    String tls =
        new SipTls(
                5061,
                new CertificateFiles(Path.of("certificate.pem"), Path.of("key.pem")),
                Optional.empty())
            .transport(new IpAddress("192.0.2.10"));
    assertEquals(2, (written + tls).split("tcp_keepalive_enable", -1).length);
    assertTrue(written.contains("[transport-tcp](tamas-transport,tamas-connections)"), written);
    assertTrue(tls.contains("[transport-tls](tamas-transport,tamas-connections)"), tls);
  }

  @Test
  void refusesATemplateThatNamesSomethingElse() {
    assertThrows(
        IllegalArgumentException.class, () -> AsteriskFiles.fill("x = ${OTHER}", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a;b", "a\nb", "[general]", "${PATH}", "a b", "#include x"})
  void aValueIsNeverSyntax(String value) {
    assertThrows(
        IllegalArgumentException.class,
        () -> AsteriskFiles.fill("x = ${SECRET}", Map.of("SECRET", value)));
  }
}
