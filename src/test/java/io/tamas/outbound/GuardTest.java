package io.tamas.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private static final Target CRM = Target.parse("https://crm.example.com/");
  private static final Target PLAIN_CRM = Target.parse("http://crm.example.com/");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:2::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2a00:1450::5efe:7f00:1",
        "2a00:1450::200:5efe:10.0.0.1"
      })
  void whatIsNotPublicIsRefused(String address) throws Exception {
    assertTrue(guard().refusal(CRM, List.of(one(address))).isPresent());
    List<InetAddress> mixed = List.of(one("8.8.8.8"), one(address));
    assertTrue(guard().refusal(CRM, mixed).isPresent(), "a public one beside it");
    assertTrue(guard().refusal(CRM, mixed.reversed()).isPresent(), "a public one after it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2003::1",
        "2606:4700::1111",
        "2a00:1450::5eff:7f00:1"
      })
  void whatIsPublicIsReachedByTlsOnly(String address) throws Exception {
    assertEquals(Optional.empty(), guard().refusal(CRM, List.of(one(address))));
    assertTrue(guard().refusal(PLAIN_CRM, List.of(one(address))).orElseThrow().contains("https"));
  }

  /// Java takes an address of IPv4 within IPv6 for that of IPv4 itself.
  @Test
  void mappedAddressIsJudgedAsThatOfIpv4() throws Exception {
    byte[] mapped = new byte[16];
    System.arraycopy(new byte[] {-1, -1, 127, 0, 0, 1}, 0, mapped, 10, 6);
    assertTrue(guard().refusal(CRM, List.of(InetAddress.getByAddress(mapped))).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "crm.example.com, 10.0.0.1, true",
    "CRM.example.com, 10.0.0.1, true",
    "example.com, 10.0.0.1, false",
    "10.0.0.0/8, 10.0.0.1, true",
    "10.0.0.0/8, 192.168.0.1, false",
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
    "10.0.0.0/31, 10.0.0.1, true",
    "10.0.0.0/31, 10.0.0.2, false",
    "0.0.0.0/0, 127.0.0.1, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "64:ff9b::/96, 64:ff9b::808:808, true",
    "fd00::/9, fd7f::1, true",
    "fd00::/9, fd80::1, false"
  })
  void whatIsAllowedIsReachedWithoutTlsToo(String allow, String address, boolean reached)
      throws Exception {
    List<InetAddress> addresses = List.of(one(address));
    assertEquals(reached, guard(allow).refusal(CRM, addresses).isEmpty());
    assertEquals(reached, guard(allow).refusal(PLAIN_CRM, addresses).isEmpty());
  }

  @Test
  void allAddressesOfANameMustBeAllowed() throws Exception {
    List<InetAddress> both = List.of(one("10.0.0.1"), one("192.168.0.1"));
    assertTrue(guard("10.0.0.0/8").refusal(CRM, both).isPresent());
    assertEquals(Optional.empty(), guard("10.0.0.0/8", "192.168.0.1").refusal(CRM, both));
    List<InetAddress> alsoPublic = List.of(one("10.0.0.1"), one("8.8.8.8"));
    assertEquals(Optional.empty(), guard("10.0.0.0/8").refusal(CRM, alsoPublic));
    assertTrue(guard("10.0.0.0/8").refusal(PLAIN_CRM, alsoPublic).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "https://crm.example.com:8443/, false",
    "http://crm.example.com:22/, false",
    "https://127.0.0.1/, false",
    "http://8.8.8.8/, false",
    "https://[::1]/, false",
    "https://8.8.8.8/, true",
    "https://localhost/, true",
    "http://crm.example.com/, true"
  })
  void isAskedBeforeTheNameIsResolved(String target, boolean mayBe) {
    assertEquals(mayBe, guard().refusal(Target.parse(target)).isEmpty());
  }

  private static Guard guard(String... allow) {
    return new Guard(new Config.Outbound(List.of(allow), List.of(443, 80), Optional.empty()));
  }

  private static InetAddress one(String literal) throws UnknownHostException {
    return Stream.of(InetAddress.getAllByName(literal)).findFirst().orElseThrow();
  }
}
