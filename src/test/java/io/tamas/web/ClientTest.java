package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.number.IpRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {
  private static final List<IpRange> PROXIES =
      Stream.of("10.0.0.0/8", "2001:db8::/64")
          .flatMap(text -> IpRange.parse(text).stream())
          .toList();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 198.51.100.7 | 192.0.2.1",
        "10.0.0.1 | 198.51.100.7 | 198.51.100.7",
        "10.0.0.1 | 203.0.113.9, 198.51.100.7 | 198.51.100.7",
        "10.0.0.1 | 198.51.100.7, 10.0.0.2 | 198.51.100.7",
        "10.0.0.1 | 198.51.100.7, unknown | 10.0.0.1",
        "10.0.0.1 | 198.51.100.7:5060 | 198.51.100.7",
        "10.0.0.1 | 203.0.113.9:1, 198.51.100.7:4711, 10.0.0.2:80 | 198.51.100.7",
        "10.0.0.1 | [2001:db8:1::9]:4711 | 2001:db8:1::9",
        "10.0.0.1 | [2001:db8:1::9] | 2001:db8:1::9",
        "10.0.0.1 | [2001:db8::9]:4711, [2001:db8::2]:443 | 2001:db8::9",
        "2001:db8::7 | 198.51.100.7:9, [2001:db8::2]:443 | 198.51.100.7",
        "10.0.0.1 | 198.51.100.7:65536 | 10.0.0.1",
        "10.0.0.1 | 198.51.100.7: | 10.0.0.1",
        "10.0.0.1 | 198.51.100.7:80:80 | 10.0.0.1",
        "10.0.0.1 | [198.51.100.7]:80 | 10.0.0.1",
        "10.0.0.1 | 2001:db8:1::9:4711 | 2001:db8:1::9:4711",
        "10.0.0.1 | [2001:db8:1::9 | 10.0.0.1",
        "10.0.0.1 | 256.0.0.1:80 | 10.0.0.1",
        "10.0.0.1 | 198.51.100.0/24 | 10.0.0.1",
        "10.0.0.1 | '' | 10.0.0.1",
        "10.0.0.1 | 10.0.0.2 | 10.0.0.2",
        "2001:db8::7 | 2001:db8:1::9 | 2001:db8:1::9",
        "127.0.0.1 | 198.51.100.7 | 127.0.0.1",
      })
  void headersCountFromTrustedProxiesOnly(String peer, String forwarded, String expected) {
    assertEquals(
        expected, Client.of(peer, false, List.of(forwarded), List.of(), PROXIES).address());
  }

  @Test
  void severalFieldsAreOneList() {
    List<String> fields = List.of("203.0.113.9", "198.51.100.7, 10.0.0.3");
    assertEquals(
        "198.51.100.7", Client.of("10.0.0.1", false, fields, List.of(), PROXIES).address());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, false, https, false",
    "192.0.2.1, true, http, true",
    "10.0.0.1, false, https, true",
    "10.0.0.1, false, HTTPS, true",
    "10.0.0.1, true, http, false",
    "10.0.0.1, false, '', false",
  })
  void proxySaysWhetherTheClientUsesTls(String peer, boolean tls, String said, boolean secure) {
    assertEquals(secure, Client.of(peer, tls, List.of(), List.of(said), PROXIES).secure());
  }

  @Test
  void cookieIsProtectedByItsNameWhereThereIsTls() {
    assertEquals("__Host-tamas-1", new Client("192.0.2.1", true).cookie("tamas-1"));
    assertEquals("tamas-1", new Client("192.0.2.1", false).cookie("tamas-1"));
  }
}
