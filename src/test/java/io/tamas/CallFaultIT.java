package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What dies while people ring and talk: calls go on, and once everything is back each has its one
/// right record and its recording.
@InTheLab
class CallFaultIT {

  @Test
  void tamasIsKilledWhileThePhoneRings(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).hearsRinging();
    desk.rings();
    lab.office().dies();
    desk.answers().hears(ali);
    ali.hangsUp();
    lab.office().recovers();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).decidedBy("route:").withRecording();
  }

  @Test
  void tamasIsKilledWhileTheyTalk(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra").willAnswer();
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).talks();
    lab.office().dies();
    desk.hears(ali).hangsUp();
    ali.callEnds();
    lab.office().recovers();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).endedBy("CALLEE").withRecording();
  }

  @Test
  void postgresqlStopsWhileTheyTalkAndTheNextCallIsRoutedAllTheSame(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra").willAnswer();
    Line line = lab.line(desk);
    String number = line.numberOf(desk);
    Phone ali = line.caller("Ali").calls(number).talks();
    lab.office().losesItsDatabase();
    desk.hears(ali);
    ali.hangsUp();
    desk.callEnds();
    Phone sara = line.caller("Sara").calls(number).talks().hears(desk).hangsUp();
    lab.office().recovers();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).withRecording();
    lab.callOf(sara).is("ANSWERED").answeredBy(desk).decidedBy("route:").withRecording();
  }

  @Test
  void bothAreAwayAndTheFallbackPhoneRings(Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    String number = line.numberOf(desk);
    lab.office().losesItsDatabase();
    lab.office().dies();
    Phone ali = line.caller("Ali").calls(number).talks().hangsUp();
    lab.office().recovers();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).decidedBy("fallback");
  }

  @Test
  void asteriskIsKilledAndNoGhostStaysOnTheLiveList(Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).talks();
    Eventually.eventually("the call is live", Duration.ofSeconds(10), () -> live(lab) > 0);
    lab.asterisk().kill();
    lab.asterisk().start();
    Eventually.eventually("no ghost is live", Duration.ofSeconds(60), () -> live(lab) == 0);
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).endedBy("SYSTEM");
    assertEquals(0, live(lab));
  }

  private static int live(Lab lab) {
    return lab.office().get("/live-calls").path("items").size();
  }
}
