package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipServerTest {
  /// Servers as `priority/weight/address+address`, and the order in which they are called.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          0/0/a+b,                             -,    a b
          20/0/b 10/0/a,                       -,    a b
          20/0/b 10/0/a 30/0/c,                a,    b c a
          0/0/a+b+c,                           a b,  c a b
          0/0/a+b,                             a b,  a b
          10/0/a 20/0/a+b,                     -,    a b
          10/0/- 20/0/b,                       -,    b
          0/0/a+b+c+d+e+f,                     -,    a b c d
          0/0/a+b+c+d+e+f,                     b,    a c d e
          -,                                   -,    -
          """)
  void addressesAreInTheirOrder(String servers, String silent, String expected) {
    Set<String> shunned = Set.copyOf(words(silent));
    List<SipServer> all = words(servers).stream().map(SipServerTest::server).toList();
    assertEquals(words(expected), SipServer.order(all, shunned::contains, new Random(1)));
  }

  private static List<String> words(String text) {
    return text == null ? List.of() : Stream.of(text.trim().split(" ")).toList();
  }

  private static SipServer server(String text) {
    String[] parts = text.split("/");
    List<String> addresses = parts[2].equals("-") ? List.of() : List.of(parts[2].split("[+]"));
    return new SipServer(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), addresses);
  }

  /// RFC 2782: three quarters of the calls, and few for the one without a weight.
  @Test
  void serversOfOnePriorityShareTheCallsByTheirWeights() {
    List<SipServer> all =
        List.of(
            new SipServer(10, 75, List.of("much")),
            new SipServer(10, 25, List.of("little")),
            new SipServer(10, 0, List.of("none")),
            new SipServer(20, 100, List.of("reserve")));
    Random dice = new Random(7);
    Map<String, Integer> first = new HashMap<>();
    List<String> last = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      List<String> order = SipServer.order(all, _ -> false, dice);
      first.merge(order.getFirst(), 1, Integer::sum);
      last.add(order.getLast());
    }
    assertEquals(0.75, first.getOrDefault("much", 0) / 10_000.0, 0.03);
    assertEquals(0.25, first.getOrDefault("little", 0) / 10_000.0, 0.03);
    assertEquals(0.01, first.getOrDefault("none", 0) / 10_000.0, 0.01);
    assertEquals(Set.of("reserve"), Set.copyOf(last));
  }
}
