package io.tamas.asterisk.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "200 result=1|200|1|1|-",
        "200 result=-2|200|-2|-2|-",
        "200 result=|200|''|-1|-",
        "200 result=1 (+989121234567)|200|1|1|+989121234567",
        "200 result=1 (a) b)|200|1|1|a) b",
        "200 result=0 (timeout) endpos=160|200|0|0|timeout",
        "200 result=12#45|200|12#45|-1|-",
        "510 Invalid or unknown command|510|''|-1|-"
      })
  void aLineIsTakenApart(String line, int status, String result, int code, String extra) {
    Reply reply = new Reply(List.of(line));
    assertEquals(status, reply.getStatus());
    assertEquals(result, reply.getResult());
    assertEquals(code, reply.getResultCode());
    assertEquals(extra, reply.getExtra());
  }

  @Test
  void attributesFollowTheValue() {
    Reply reply = new Reply(List.of("200 result=0 (x=1 y) endpos=160 Results=2"));
    assertEquals("160", reply.getAttribute("endpos"));
    assertEquals("2", reply.getAttribute("RESULTS"));
    assertEquals("0", reply.getAttribute("result"));
    assertNull(reply.getAttribute("x"));
  }

  @Test
  void aValueKeepsItsNewlines() {
    assertEquals("a\n\nb", new Reply(List.of("200 result=1 (a", "", "b)")).getExtra());
  }

  @Test
  void aUsageIsRead() {
    Reply reply =
        new Reply(
            List.of(
                "520-Invalid command syntax.  Proper usage follows:",
                "Usage: NOOP",
                "",
                "520 End of proper usage."));
    assertEquals("NOOP", reply.getSynopsis());
    assertEquals(520, reply.getStatus());
    assertNull(new Reply(List.of("520 Invalid command syntax.")).getSynopsis());
  }
}
