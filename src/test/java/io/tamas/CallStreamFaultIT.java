package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.ReceivedEvents;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A subscriber of a real call, with Tamas killed in the middle: if it resumes after the last event
/// that it received, it receives each event of the call, and none twice.
@InTheLab
class CallStreamFaultIT {
  private static final List<String> ANSWERED_CALL =
      List.of("call.started", "call.ringing", "call.answered", "call.ended");

  @Test
  void tamasIsKilledWhileTheyTalk(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra").willAnswer();
    Line line = lab.line(desk);
    ReceivedEvents before = lab.events();
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).talks();
    before.hears("call.answered");
    lab.office().dies();
    desk.hears(ali);
    ali.hangsUp();
    assertEquals(ANSWERED_CALL, heardByWhoResumes(lab, before, ali));
  }

  @Test
  void tamasIsKilledAsThePhoneBeginsToRing(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra");
    Line line = lab.line(desk);
    ReceivedEvents before = lab.events();
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).hearsRinging();
    lab.office().dies(); // whichever of the first events were published by then
    desk.answers().hears(ali);
    ali.hangsUp();
    assertEquals(ANSWERED_CALL, heardByWhoResumes(lab, before, ali));
  }

  /// The last event about a recorded call is that of its recording.
  private static List<String> heardByWhoResumes(Lab lab, ReceivedEvents before, Phone caller) {
    lab.office().recovers();
    ReceivedEvents after = lab.eventsAfter(before.lastId()).hears("recording.ready");
    lab.callOf(caller).is("ANSWERED").withRecording();
    return Stream.of(before, after)
        .flatMap(heard -> heard.ofCallFrom(caller.number()).stream())
        .toList();
  }
}
