package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Provider;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a provider asks during a call, and what a phone does.
@InTheLab
class TrunkDialogIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String CALLED = "09120000001";
  private static final String FOREIGN = "m=audio 19002 RTP/AVP 18\na=rtpmap:18 G729/8000\n";

  private record Talk(RawPhone phone, Provider provider) {
    static Talk of(Lab lab) {
      Line line = lab.line(lab.phone("Fallback"));
      Provider provider = line.provider().says("200 OK");
      RawPhone phone = lab.rawDeskPhone("Zahra");
      lab.mayCallOver(phone.number(), Map.of(), line);
      phone.calls(CALLED).talks();
      return new Talk(phone, provider);
    }
  }

  @Test
  void whatItAsksIsAnsweredOrLeavesTheCallAlone(Lab lab) {
    Talk talk = Talk.of(lab);
    assertEquals(200, talk.provider.isTold("OPTIONS", "", ""));
    assertEquals(200, talk.provider.isTold("INFO", "", ""));
    assertEquals(200, talk.provider.isTold("UPDATE", "", ""));
    assertEquals(603, talk.provider.isTold("REFER", "Refer-To: <sip:102@127.0.0.1>\n", ""));
    talk.provider.asks("MESSAGE", "Content-Type: text/plain\n", "hello\n");
    talk.provider.asks("NOTIFY", "Event: talk\nSubscription-State: active\n", "");
    assertEquals(200, talk.provider.isTold("OPTIONS", "", ""));
    assertFalse(talk.provider.isLeft());
    talk.phone.hangsUp();
    lab.callsFrom(talk.phone.number(), 1).getFirst().is("ANSWERED").endedBy("CALLER");
  }

  @Test
  void callerKeepsItsCallWhereItOffersAnotherCodec(Lab lab) {
    Talk talk = Talk.of(lab);
    talk.phone.offers(FOREIGN).isTold(488);
    assertFalse(talk.provider.isLeft());
    talk.phone.hangsUp();
    lab.callsFrom(talk.phone.number(), 1).getFirst().is("ANSWERED").endedBy("CALLER").withCause(16);
  }

  @Test
  void calledPartyThatOffersAnotherCodecOnlyEndsTheCall(Lab lab) {
    Talk talk = Talk.of(lab);
    assertEquals(500, talk.provider.offers(FOREIGN));
    talk.phone.callEnds();
    eventually("the provider's side is ended", SOON, talk.provider::isLeft);
    lab.callsFrom(talk.phone.number(), 1).getFirst().is("ANSWERED").endedBy("SYSTEM");
  }
}
