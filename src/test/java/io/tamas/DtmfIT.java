package io.tamas;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.LiveCall;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// Keys that phones send as events (RFC 4733), by SIP INFO and as tones.
@InTheLab
class DtmfIT {
  private static final int TRIES = 10;
  private static final Duration SOON = Duration.ofSeconds(10);

  private enum Way {
    EVENTS(RawPhone::sendsByEvents),
    RELAYED_INFO((phone, keys) -> phone.sendsByInfo("application/dtmf-relay", keys)),
    PLAIN_INFO((phone, keys) -> phone.sendsByInfo("application/dtmf", keys)),
    TONES(RawPhone::sendsInBand);

    private final BiConsumer<RawPhone, String> sends;

    Way(BiConsumer<RawPhone, String> sends) {
      this.sends = sends;
    }

    void press(RawPhone phone, String keys) {
      sends.accept(phone, keys);
    }
  }

  @Test
  void consultsByEvents(Lab lab) {
    consults(lab, lab.rawDeskPhone("Zahra").registers(), false, Way.EVENTS);
  }

  @Test
  void consultsByRelayedInfo(Lab lab) {
    consults(lab, lab.rawDeskPhone("Zahra").withoutEvents().registers(), false, Way.RELAYED_INFO);
  }

  @Test
  void consultsByPlainInfoOfAMutedPhone(Lab lab) {
    consults(lab, lab.rawDeskPhone("Zahra").registers(), true, Way.PLAIN_INFO);
  }

  @Test
  void consultsByTones(Lab lab) {
    consults(lab, lab.rawDeskPhone("Zahra").withoutEvents().registers(), false, Way.TONES);
  }

  /// As the called and as the calling party in turn.
  private static void consults(Lab lab, RawPhone zahra, boolean isMuted, Way way) {
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina").willAnswer();
    for (int i = 0; i < TRIES; i++) {
      if (i % 2 == 0) {
        mina.calls(zahra.number());
        zahra.rings().answers();
        mina.talks();
      } else {
        zahra.calls(mina.number()).talks();
      }
      hearsTheOther(zahra);
      if (isMuted) {
        zahra.mutes();
      }
      way.press(zahra, "#" + reza.number() + "#");
      reza.rings().refuses();
      mina.hangsUp();
      zahra.leaves();
      lab.becomes(zahra.number(), "idle").becomes(mina, "idle");
    }
  }

  @Test
  void menusAreHeardInEachWay(Lab lab) {
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    String number =
        line.number(
            lab.menu(
                Map.of("7", "extension:" + reza.number()),
                "extension:" + lab.extensionWithoutPhone("Nobody")));
    for (Way way : Way.values()) {
      RawPhone caller =
          way == Way.EVENTS ? line.rawCallee("Ali") : line.rawCallee("Ali").withoutEvents();
      caller.calls(number).talks();
      hearsTheOther(caller);
      way.press(caller, "7");
      reza.rings().refuses();
      caller.callEnds();
    }
  }

  @Test
  void recordingIsPausedByInfoAndResumedByTones(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").withoutEvents().registers();
    lab.office().says(zahra.number(), Map.of("record", List.of("INTERNAL")));
    Phone mina = lab.phone("Mina");
    mina.calls(zahra.number());
    zahra.rings().answers();
    mina.talks();
    hearsTheOther(zahra);
    LiveCall call = lab.liveCall(mina);
    Way.RELAYED_INFO.press(zahra, "*5");
    call.recordingIs("PAUSED");
    lab.journal().tellsSounds(zahra.number(), 1);
    Way.TONES.press(zahra, "*5");
    call.recordingIs("RECORDING");
    zahra.hangsUp();
    mina.callEnds();
  }

  /// The voice of the other side passes: until then keys are not looked at.
  private static void hearsTheOther(RawPhone phone) {
    long before = phone.heard();
    eventually("it hears the other", SOON, () -> phone.heard() > before + 10);
  }
}
