package io.tamas.asterisk.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "127.0.0.0/8, 127.255.0.9, true",
    "10.1.2.0/23, 10.1.3.255, true",
    "10.1.2.0/23, 10.1.4.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::1, ::1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "127.0.0.1, ::ffff:127.0.0.1, true"
  })
  void aPeerIsAllowedByAddressOrPrefix(String allowed, String peer, boolean expected) {
    assertEquals(expected, AllowedPeers.parse(List.of(allowed)).allow(InetAddress.ofLiteral(peer)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", ""})
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> AllowedPeers.parse(List.of(text)));
  }

  @Test
  void aPlaceThatIsGivenBackIsTakenAgain() {
    InetAddress one = InetAddress.ofLiteral("10.0.0.1");
    InetAddress two = InetAddress.ofLiteral("10.0.0.2");
    Admission admission = new Admission(AllowedPeers.parse(List.of("10.0.0.0/8")), 3, 2);
    assertEquals(Optional.empty(), admission.enter(one));
    assertEquals(Optional.empty(), admission.enter(one));
    assertEquals(Optional.of(Admission.Refusal.PEER_FULL), admission.enter(one));
    assertEquals(Optional.empty(), admission.enter(two));
    assertEquals(Optional.of(Admission.Refusal.FULL), admission.enter(two));
    admission.leave(one);
    assertEquals(2, admission.open());
    assertEquals(Optional.empty(), admission.enter(two));
    assertEquals(
        Optional.of(Admission.Refusal.NOT_ALLOWED),
        admission.enter(InetAddress.ofLiteral("192.0.2.1")));
    assertEquals(3, admission.open());
  }

  @Test
  void aLogIsBoundedAndReportsWhatItWithheld() {
    BoundedLog log = new BoundedLog(2, 1_000, 0);
    assertEquals(
        List.of(true, true, false, false),
        List.of(log.permit(1), log.permit(2), log.permit(3), log.permit(999)));
    assertEquals(true, log.permit(1_000));
    assertEquals(2, log.takeWithheld());
    assertEquals(0, log.takeWithheld());
  }
}
