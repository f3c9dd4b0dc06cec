package io.tamas;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Nobody takes over a call by Replaces in an INVITE or a REFER, even with the ids of its dialog.
@InTheLab
class ReplacesIT {
  private static final int UNAUTHORIZED = 401;
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void strangerDoesNotTakeOverAConversation(Lab lab) {
    Phone sara = lab.phone("Sara").willAnswer();
    RawCaller omid = lab.rawPhone("Omid").calls(sara.number()).isTold(200);
    RawCaller stranger = lab.rawPhone("Stranger");
    takesOver(stranger, sara.number(), omid);
    takesOver(lab.line(sara).rawCaller(), sara.number(), omid);
    sara.talks();
    omid.hangsUp();
    sara.callEnds();
  }

  @Test
  void strangerDoesNotTakeACallThatRings(Lab lab) {
    Phone omid = lab.phone("Omid");
    RawCaller sara = lab.rawPhone("Sara").registers().isTold(200);
    RawCaller stranger = lab.rawPhone("Stranger");
    omid.calls(sara.number());
    sara.rings();
    omid.hearsRinging();
    takesOver(stranger, sara.number(), sara);
    takesOver(lab.line(omid).rawCaller(), sara.number(), sara);
    sara.refuses();
    omid.callEnds();
  }

  @Test
  void transferIntoAConversationOfOthersEndsAllOfIt(Lab lab) {
    Scene scene = new Scene(lab);
    scene.takeOver();
    scene.callsEnd();
  }

  @Test
  void transferWhileTamasIsDeadEndsAllOfItWhenItIsBack(Lab lab) {
    Scene scene = new Scene(lab);
    lab.office().dies();
    scene.takeOver();
    scene.sara.hears(scene.mina);
    lab.office().recovers();
    scene.callsEnd();
    eventually("it is counted", SOON, () -> takeovers(lab) == 1);
  }

  @Test
  void transferWhileAriIsAwayEndsAllOfItWhenItIsBack(Lab lab) {
    Scene scene = new Scene(lab);
    lab.withoutAri(() -> {
      scene.takeOver();
      scene.sara.hears(scene.mina);
    });
    scene.callsEnd();
  }

  /// Omid talks to Sara, and a stranger to Mina.
  private static final class Scene {
    private final Phone sara;
    private final Phone mina;
    private final RawCaller omid;
    private final RawCaller stranger;

    Scene(Lab lab) {
      sara = lab.phone("Sara").willAnswer();
      omid = lab.rawPhone("Omid").calls(sara.number()).isTold(200);
      mina = lab.phone("Mina").willAnswer();
      stranger = lab.rawPhone("Stranger").calls(mina.number()).isTold(200);
      sara.talks();
      mina.talks();
    }

    void takeOver() {
      stranger.refers(omid).isTold(202);
    }

    void callsEnd() {
      sara.callEnds();
      mina.callEnds();
    }
  }

  private static double takeovers(Lab lab) {
    return lab.office()
        .manage("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("tamas_calls_takeovers_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static void takesOver(RawCaller taker, String dialled, RawCaller from) {
    taker
        .calls(dialled, "<sip:" + name(taker) + "@127.0.0.1>", from.replaces())
        .isTold(UNAUTHORIZED);
  }

  /// The other end of a trunk has no account here.
  private static String name(RawCaller taker) {
    return taker.number().isEmpty() ? "+989120000000" : taker.number();
  }
}
