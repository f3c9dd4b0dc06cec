package io.tamas;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import org.junit.jupiter.api.Test;

/// Nobody takes over a call by Replaces in an INVITE or a REFER, even with the ids of its dialog.
@InTheLab
class ReplacesIT {
  private static final int UNAUTHORIZED = 401;

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
    Phone sara = lab.phone("Sara").willAnswer();
    RawCaller omid = lab.rawPhone("Omid").calls(sara.number()).isTold(200);
    Phone mina = lab.phone("Mina").willAnswer();
    RawCaller stranger = lab.rawPhone("Stranger").calls(mina.number()).isTold(200);
    sara.talks();
    mina.talks();
    stranger.refers(omid).isTold(202);
    sara.callEnds();
    mina.callEnds();
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
