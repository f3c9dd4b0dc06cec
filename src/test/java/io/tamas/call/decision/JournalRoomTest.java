package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.agi.Environments;
import io.tamas.asterisk.agi.Variable;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JournalRoomTest {
  private static final String NUMBER = "+989121234567";

  /// With a number of 13 bytes.
  @ParameterizedTest
  @CsvSource({
    "x, 87, 480",
    "x, 88, 300",
    "ی, 43, 480",
    "ی, 44, 300",
    "\", 43, 480",
    "\", 44, 300",
  })
  void aShortCallerLeavesMoreRoom(String letter, int count, String room) {
    var call =
        Environments.inboundCall()
            .with("agi_callerid", NUMBER)
            .with("agi_calleridname", letter.repeat(count));
    assertEquals(new Variable("TAMAS_ROOM", room), JournalRoom.of(call.request(), List.of()));
  }

  static List<List<Variable>> answers() {
    return List.of(
        List.of(new Variable("CALLERID(name)", "x".repeat(100))),
        List.of(new Variable("CALLERID(num)", "0".repeat(101))),
        List.of(
            new Variable("CALLERID(name)", "Ali"),
            new Variable("CALLERID(name)", "x".repeat(100))));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void theCallerIsTheOneThatTamasSets(List<Variable> answer) {
    var call =
        Environments.inboundCall().with("agi_callerid", NUMBER).with("agi_calleridname", "Ali");
    assertEquals(new Variable("TAMAS_ROOM", "300"), JournalRoom.of(call.request(), answer));
  }
}
