package io.tamas.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "https://crm.example.com, true, crm.example.com, 443, /",
    "HTTPS://CRM.Example.com./calls?key=a%20b, true, crm.example.com, 443, /calls?key=a%20b",
    "http://localhost:8080/a, false, localhost, 8080, /a",
    "http://localhost.?x, false, localhost, 80, /?x",
    "https://xn--mgbh0fb.xn--mgba3a4f16a:8443/, true, xn--mgbh0fb.xn--mgba3a4f16a, 8443, /",
    "https://192.0.2.1/, true, 192.0.2.1, 443, /",
    "https://[2001:DB8::1]:444/, true, 2001:db8:0:0:0:0:0:1, 444, /"
  })
  void readsAnAddressInOneForm(String text, boolean tls, String host, int port, String uri) {
    assertEquals(new Target(tls, host, port, uri), Target.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "crm.example.com",
        "/calls",
        "ftp://crm.example.com/",
        "file:///etc/passwd",
        "https:///calls",
        "https://",
        "https:crm.example.com",
        "https://user@crm.example.com/",
        "https://user:secret@crm.example.com/",
        "https://crm.example.com/#part",
        "https://crm.example.com:0/",
        "https://crm.example.com:65536/",
        "https://crm.example.com:80:80/",
        "https://crm example.com/",
        "https://crm..example.com/",
        "https://.example.com/",
        "https://-crm.example.com/",
        "https://a_b.example.com/",
        "https://crm.example.com/a b",
        "https://crm.example.com/\r\nhost: a",
        "https://crm.example.com\\@127.0.0.1/",
        "https://مثال.ایران/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://127.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://127.0.0.256/",
        "https://127.0.0.1.5/",
        "https://example.0x1/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[::1/",
        "https://[127.0.0.1]/",
        "https://①②⑦.0.0.1/"
      })
  void refusesEveryOther(String text) {
    assertThrows(IllegalArgumentException.class, () -> Target.parse(text));
  }

  @Test
  void isNotReadBeyondItsBound() {
    String most = "https://crm.example.com/" + "a".repeat(476);
    assertEquals(477, Target.parse(most).uri().length());
    assertThrows(IllegalArgumentException.class, () -> Target.parse(most + "a"));
  }

  @Test
  void isToldWithoutItsPath() {
    String told = Target.parse("https://[2001:db8::1]/hook?key=secret").toString();
    assertEquals("https://[2001:db8:0:0:0:0:0:1]", told);
    assertFalse(told.contains("secret"));
  }
}
