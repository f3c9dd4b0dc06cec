package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.CallSeen;
import io.tamas.lab.DevicesOf;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.RawDevice;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Phones that ring together and answer differently: what is nearest to an answer is in the record,
/// and is what the caller is told.
@InTheLab
class SeveralAnswersIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  /// What phones say, what that is for the leg of each, and what becomes of the call.
  private record Said(List<String> all, String legs, String outcome, int told, int cause) {
    static List<Said> table(String rows) {
      return rows.lines()
          .map(row -> row.split("[|]"))
          .map(cells -> Stream.of(cells).map(String::strip).toList())
          .map(cells ->
              new Said(
                  List.of(cells.get(0).split(", ")),
                  cells.get(1),
                  cells.get(2),
                  Integer.parseInt(cells.get(3)),
                  Integer.parseInt(cells.get(4))))
          .toList();
    }

    void isTheRecordOf(CallSeen call) {
      call.is(outcome).withCause(cause);
    }
  }

  private static final List<Said> OF_TWO =
      Said.table(
          """
          302 Moved, 607 Unwanted      | rejected    | REJECTED | 403 | 21
          404 Unknown, 606 No          | rejected    | REJECTED | 403 | 21
          607 Unwanted, 486 Busy       | rejected    | REJECTED | 403 | 21
          301 Moved, 404 Unknown       | busy        | BUSY     | 486 | 17
          301 Moved, 486 Busy          | busy        | BUSY     | 486 | 17
          301 Moved, 603 Decline       | rejected    | REJECTED | 403 | 21
          603 Decline, 404 Unknown     | rejected    | REJECTED | 403 | 21
          603 Decline, 604 Nowhere     | rejected    | REJECTED | 403 | 21
          403 No, 488 Codecs           | rejected    | REJECTED | 403 | 21
          480 Away, 607 Unwanted       | no-answer   | MISSED   | 480 | 19
          480 Away, 301 Moved          | no-answer   | MISSED   | 480 | 19
          503 Overload, 486 Busy       | busy        | BUSY     | 486 | 17
          600 Busy, 404 Unknown        | busy        | BUSY     | 486 | 17
          404 Unknown, 604 Nowhere     | unreachable | FAILED   | 404 | 1
          415 Media, 433 Anonymous     | unreachable | FAILED   | 500 | 127
          """);

  @Test
  void devicesOfAnExtensionHaveOneResultForCallerAndRecord(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    DevicesOf zahra = new DevicesOf(lab, 2);
    RawDevice desk = zahra.registered();
    RawDevice mobile = zahra.registered();
    List<Said> calls = new ArrayList<>();
    for (Said said : OF_TWO) {
      for (List<String> both : List.of(said.all, said.all.reversed())) {
        desk.willSay(both.getFirst());
        mobile.willSay(both.getLast());
        int told = reza.calls(zahra.number()).isRefused().told().getLast();
        assertEquals(both + " " + said.told, both + " " + told);
        calls.add(said);
      }
    }
    List<CallSeen> seen = lab.callsFrom(reza.number(), calls.size());
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).isTheRecordOf(seen.get(i).withLegs(calls.get(i).legs));
    }
  }

  private static final List<Said> OF_THREE =
      Said.table(
          """
          603 Decline, 600 Busy, 606 No          | rejected busy rejected            | REJECTED | 403 | 21
          607 Unwanted, 404 Unknown, 503 Overload | rejected unreachable unreachable | REJECTED | 403 | 21
          486 Busy, 404 Unknown, 503 Overload     | busy unreachable unreachable     | BUSY     | 486 | 17
          404 Unknown, 301 Moved, 503 Overload    | unreachable busy unreachable     | BUSY     | 486 | 17
          480 Away, 607 Unwanted, 486 Busy        | no-answer rejected busy          | MISSED   | 480 | 19
          486 Busy, 480 Away, 404 Unknown         | busy no-answer unreachable       | MISSED   | 480 | 19
          """);

  /// Which of the groups has delays.
  private static final int LATE = 1;

  @Test
  void membersOfAGroupHaveOneResultHoweverTheyRing(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    List<RawPhone> members =
        Stream.of("Zahra", "Mina", "Sara").map(name -> lab.rawDeskPhone(name).registers()).toList();
    List<Said> calls = new ArrayList<>();
    for (String group :
        List.of(
            group(lab, "5" + reza.number(), "RING_ALL", members, 0),
            group(lab, "6" + reza.number(), "RING_ALL", members, 1),
            group(lab, "8" + reza.number(), "IN_ORDER", members, 0))) {
      for (Said said : OF_THREE) {
        for (int i = 0; i < members.size(); i++) {
          members.get(i).willSay(said.all.get(i), "");
        }
        int told = reza.calls(group).isRefused().told().getLast();
        assertEquals(said.all + " " + said.told, said.all + " " + told);
        calls.add(said);
        // a member that still counts as ringing would be skipped
        lab.callsFrom(reza.number(), calls.size());
        members.forEach(member -> lab.becomes(member.number(), "idle"));
      }
    }
    List<CallSeen> seen = lab.callsFrom(reza.number(), calls.size());
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).isTheRecordOf(seen.get(i));
      // members that ring late begin in the same moment
      if (i / OF_THREE.size() != LATE) {
        seen.get(i).withLegs(calls.get(i).legs.split(" "));
      }
    }
  }

  /// @param delay seconds after which the second and the third one ring
  private static String group(
      Lab lab, String number, String strategy, List<RawPhone> members, int delay) {
    Map<String, Object> delays = new HashMap<>();
    if (delay > 0) {
      members.stream()
          .skip(1)
          .forEach(late -> delays.put(late.number(), Duration.ofSeconds(delay)));
    }
    lab.office()
        .part(
            "ring-groups",
            Map.of(
                "strategy",
                strategy,
                "members",
                members.stream().map(RawPhone::number).toList(),
                "delays",
                delays,
                "ring",
                LONG,
                "number",
                number));
    return number;
  }

  @Test
  void personThatForwardsToOneWhoIsAwayIsStillBusy(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers().willSay("486 Busy", "");
    DevicesOf away = new DevicesOf(lab, 1);
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + away.number())));
    reza.calls(zahra.number()).isTold(486);
    lab.callsFrom(reza.number(), 1)
        .getFirst()
        .is("BUSY")
        .withCause(17)
        .withLegs("busy", "unreachable");
  }
}
