package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <sip:+982191001000@host>                               | +982191001000
          sip:02191001000@host;tag=1                             | 02191001000
          "Ali <sip:1@x>, \\" b" <sip:2@host>                    | 2
          <sips:*81#@[2001:db8::1]:5061;transport=tls>           | *81#
          <sip:91001000;phone-context=+9821@host>                | +982191001000
          <tel:91001000;phone-context=+9821>                     | +982191001000
          <sip:%2B98%2021-9100(1000)@host>                       | +982191001000
          <tel:+98-21-9100.1000>                                 | +982191001000
          tel:+982191001000;x=y                                  | +982191001000
          <sip:1234567;npdi;rn=+98@host>                         | 1234567
          02191001000                                            | 02191001000
          +98 (21) 9100-1000;x=1                                 | +982191001000
          moscow-1                                               | -
          <sip:alice@host>                                       | -
          <sip:1234567e0@host>                                   | -
          <sip:1%0A2@host>                                       | -
          <sip:1%00@host>                                        | -
          <sip:1%E2%80%AE@host>                                  | -
          <sip:host>                                             | -
          <sip:@host>                                            | -
          <http://1@host>                                        | -
          <sip:12345678901234567890123456789012345678901@host>   | -
          "open <sip:1@host>                                     | -
          <sip:1@host                                            | -
          """)
  void numberIsTheUserOfTheUri(String value, String number) {
    Optional<String> found =
        NameAddress.all(value.strip()).stream().findFirst().flatMap(NameAddress::number);
    assertEquals(number, found.orElse("-"), value);
  }

  @Test
  void headerHasSeveralAddresses() {
    List<NameAddress> all =
        NameAddress.all("\"a, b\" <sip:alice,1@host>;X=Y ;z, <tel:+98211>,, sip:3@h;q=1");
    assertEquals(List.of("sip:alice,1@host", "tel:+98211", "sip:3@h"), uris(all));
    assertEquals(";x=y;z", all.getFirst().parameters());
  }

  @Test
  void nothingIsReadFromNothing() {
    assertEquals(List.of(), NameAddress.all(""));
    assertEquals(List.of(), NameAddress.all(" ,<>, "));
    assertEquals(1, NameAddress.all("<sip:1@h>".repeat(500)).size());
  }

  private static List<String> uris(List<NameAddress> all) {
    return all.stream().map(NameAddress::uri).toList();
  }
}
