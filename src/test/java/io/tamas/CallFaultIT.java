package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.lab.AgiImpostor;
import io.tamas.lab.AgiImpostor.Way;
import io.tamas.lab.CallSeen;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Processes are killed during calls: each call has one correct record in the end, and its
/// recording.
@InTheLab
class CallFaultIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /// Within which a call rings although Tamas does not answer.
  private static final Duration PROMISE = Duration.ofSeconds(3);

  /// In tenths of a second: Asterisk writes two seconds at a time.
  private static final int RECORDED = 20;

  /// The state of a call when something is killed, and how it continues. Ali is an external caller
  /// of Zahra; Reza is her colleague.
  private enum Moment {
    RINGING {
      @Override
      void reach(Scene scene) {
        scene.zahra.rings();
      }

      @Override
      void goOn(Scene scene) {
        scene.zahra.answers().hears(scene.ali);
        scene.ali.hears(scene.zahra).hangsUp();
        scene.zahra.callEnds();
      }
    },
    TALKING {
      @Override
      void reach(Scene scene) {
        scene.talk();
      }

      @Override
      void goOn(Scene scene) {
        scene.zahra.hears(scene.ali);
        scene.ali.hears(scene.zahra).hangsUp();
        scene.zahra.callEnds();
      }
    },
    CONSULTATION {
      @Override
      void reach(Scene scene) {
        scene.talk();
        scene.zahra.consults(scene.reza);
        scene.reza.rings().answers().hears(scene.zahra);
      }

      @Override
      void goOn(Scene scene) {
        scene.zahra.hangsUp();
        scene.rezaTalks();
      }

      @Override
      String lastParty(Scene scene) {
        return scene.reza.number() + " transferred attended by " + scene.zahra.number();
      }
    },
    PARKED {
      private String place = "";

      @Override
      void reach(Scene scene) {
        scene.talk();
        place = scene.zahra.parks();
        scene.zahra.callEnds();
      }

      @Override
      void goOn(Scene scene) {
        scene.reza.calls(place).talks();
        scene.rezaTalks();
      }

      @Override
      String lastParty(Scene scene) {
        return scene.reza.number() + " retrieved";
      }
    };

    abstract void reach(Scene scene);

    /// Until Ali has hung up.
    abstract void goOn(Scene scene);

    /// The party that is connected after Zahra, and how it joined the call.
    String lastParty(Scene scene) {
      return "";
    }
  }

  private static final class Scene {
    private final Phone zahra;
    private final Phone reza;
    private final Phone ali;

    Scene(Lab lab) {
      zahra = lab.recordedPhone("Zahra");
      reza = lab.phone("Reza");
      Line line = lab.line(zahra);
      ali = line.caller("Ali").calls(line.numberOf(zahra));
    }

    void talk() {
      zahra.rings().answers();
      ali.talks().hears(zahra);
    }

    void rezaTalks() {
      reza.hears(ali);
      ali.hears(reza).hangsUp();
      reza.callEnds();
    }

    void isRecordedUntilTheKill(Lab lab, Moment moment) {
      CallSeen call = lab.callOf(ali).endedBy("SYSTEM");
      if (moment == Moment.RINGING) {
        call.is("FAILED")
            .answeredByNobody()
            .withParties(zahra.number() + " dialled no-answer")
            .withoutRecording();
        return;
      }
      String dialled = zahra.number() + " dialled answered";
      call.is("ANSWERED").answeredBy(zahra);
      if (moment == Moment.CONSULTATION) {
        call.withParties(
            dialled, reza.number() + " consultation by " + zahra.number() + " answered");
      } else {
        call.withParties(dialled);
      }
      lab.recordingOf(ali)
          .holdsTogether(ali, zahra)
          .holdsFor(ali, moment == Moment.TALKING ? RECORDED / 2 : 1);
    }

    void isRecordedWithoutInterruption(Lab lab, Moment moment) {
      CallSeen call =
          lab.callOf(ali).is("ANSWERED").answeredBy(zahra).endedBy("CALLER").withRecording();
      String dialled = zahra.number() + " dialled answered";
      String last = moment.lastParty(this);
      if (last.isEmpty()) {
        call.withParties(dialled);
      } else {
        call.lastWith(reza).withParties(dialled, last + " answered");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void tamasIsKilled(Moment moment, Lab lab) {
    Scene scene = new Scene(lab);
    moment.reach(scene);
    lab.office().dies();
    moment.goOn(scene);
    lab.office().recovers();
    scene.isRecordedWithoutInterruption(lab, moment);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void postgresqlIsRestarted(Moment moment, Lab lab) {
    Scene scene = new Scene(lab);
    moment.reach(scene);
    lab.office().losesItsDatabase();
    lab.office().recovers();
    moment.goOn(scene);
    scene.isRecordedWithoutInterruption(lab, moment);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void asteriskIsKilledAndNoGhostStaysOnTheLiveList(Moment moment, Lab lab) {
    Scene scene = new Scene(lab);
    moment.reach(scene);
    Eventually.eventually("the call is live", SOON, () -> live(lab) > 0);
    if (moment == Moment.TALKING) {
      lab.liveCall(scene.ali).isRecordedFor(RECORDED);
    }
    lab.asterisk().kill();
    lab.asterisk().start();
    Eventually.eventually("no ghost is live", Duration.ofSeconds(60), () -> live(lab) == 0);
    scene.isRecordedUntilTheKill(lab, moment);
  }

  @Test
  void nextCallIsRoutedWithoutPostgresql(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra").willAnswer();
    Line line = lab.line(desk);
    String number = line.numberOf(desk);
    lab.office().losesItsDatabase();
    Phone sara = line.caller("Sara").calls(number).talks().hears(desk).hangsUp();
    lab.office().recovers();
    lab.callOf(sara).is("ANSWERED").answeredBy(desk).decidedBy("route:").withRecording();
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void callContinuesWhileBothAreDown(Moment moment, Lab lab) {
    Scene scene = new Scene(lab);
    moment.reach(scene);
    lab.office().losesItsDatabase();
    lab.office().dies();
    moment.goOn(scene);
    lab.office().recovers();
    scene.isRecordedWithoutInterruption(lab, moment);
  }

  @Test
  void fallbackPhoneRingsWhileBothAreDown(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");
    String number = line.numberOf(desk);
    lab.office().losesItsDatabase();
    lab.office().dies();
    ringsInTime(() -> ali.calls(number), desk);
    desk.answers().hears(ali);
    ali.hangsUp();
    lab.office().recovers();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).decidedBy("fallback");
  }

  @Test
  void slowDatabaseDoesNotDelayTheCallAndTheNameIsPublishedLater(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");
    lab.office().profile("Ali Karimi", ali.number());
    String number = line.numberOf(desk);
    ReceivedEvents events = lab.events();
    lab.databaseAnswersLateBy(Duration.ofMillis(300));
    ringsInTime(() -> ali.calls(number), desk);
    events.hears("caller.identified");
    desk.answers().hears(ali);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).decidedBy("route:");
  }

  /// Asterisk still sends requests by AGI and writes its journal.
  @Test
  void callsContinueWithoutAriAndNoGhostStays(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Line line = lab.line(zahra);
    String number = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(number);
    zahra.rings().answers();
    ali.talks();
    Phone sara = line.caller("Sara");
    lab.withoutAri(() -> {
      Eventually.eventually("ARI is cut", SOON, () -> !lab.isReady());
      ali.hears(zahra).hangsUp();
      zahra.callEnds();
      ringsInTime(() -> sara.calls(number), zahra);
      zahra.answers().hears(sara);
      sara.hangsUp();
    });
    Eventually.eventually("it is reconciled", Duration.ofSeconds(30), lab::isReady);
    lab.callOf(ali).is("ANSWERED").answeredBy(zahra).decidedBy("route:").withRecording();
    lab.callOf(sara).is("ANSWERED").answeredBy(zahra).decidedBy("route:").withRecording();
    assertEquals(0, live(lab));
  }

  @Test
  void fallbackPhoneRingsIfTamasAnswersWrong(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    String number = line.numberOf(desk);
    Map<AgiImpostor.Way, Phone> callers = new EnumMap<>(AgiImpostor.Way.class);
    for (AgiImpostor.Way way : EnumSet.complementOf(EnumSet.of(Way.FAILS_AT_THE_CALL))) {
      callers.put(way, line.caller("Ali"));
    }
    lab.office().dies();
    callers.forEach((way, ali) -> {
      try (AgiImpostor impostor = AgiImpostor.at(lab.asterisk().settings().agiPort(), way)) {
        ringsInTime(() -> ali.calls(number), desk);
        desk.answers().hears(ali);
        ali.hangsUp();
        desk.callEnds();
        assertTrue(impostor.asked(), () -> way + ": nobody asked");
      }
    });
    lab.office().recovers();
    for (Phone ali : callers.values()) {
      lab.callOf(ali).is("ANSWERED").answeredBy(desk).decidedBy("fallback");
    }
  }

  @Test
  void whileTamasIsDeadTheFallbackPhoneRings(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");
    lab.office().dies();
    ringsInTime(() -> ali.calls("+982191000000"), desk);
    desk.answers().hears(ali);
    ali.hangsUp();
    assertEquals("FAILURE", fallbackReason(lab, ali));
  }

  @Test
  void whileTamasIsFrozenTheFallbackPhoneRings(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");
    lab.office().freezes();
    ringsInTime(() -> ali.calls("+982191000000"), desk);
    desk.answers().hears(ali);
    ali.hears(desk).hangsUp();
    assertEquals("TIMEOUT", fallbackReason(lab, ali));
    lab.office().recovers();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).decidedBy("fallback");
    assertEquals(0, live(lab));
  }

  @Test
  void whileTamasIsDeadNoExternalCallerAppearsAsAnExtensionOrAnEmergencyNumber(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(desk);
    line.provider();
    String help = EmergencyIT.number(lab, reza.number(), line);
    lab.office().dies();
    for (String claimed : List.of(reza.number(), help, "+" + help)) {
      try (RawCaller stranger = line.rawCaller()) {
        stranger.calls("+982191000000", "\"Reza\" <sip:" + claimed + "@example.com>");
        desk.rings().showingNumber("anonymous").refuses();
        stranger.isTold(486);
      }
    }
    lab.office().recovers();
  }

  @Test
  void whileTamasIsDeadExtensionsCallEachOther(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.office().dies();
    ringsInTime(() -> zahra.calls(reza), reza);
    reza.answers().hears(zahra);
    zahra.hangsUp();
    reza.callEnds();
  }

  private static void ringsInTime(Runnable call, Phone phone) {
    long began = System.nanoTime();
    call.run();
    phone.rings();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(PROMISE) < 0, () -> "rang after " + took);
  }

  private static String fallbackReason(Lab lab, Phone caller) {
    return lab.journal().ofEndedCallFrom(caller.number()).stream()
        .filter(row -> row.type() == Note.FALLBACK)
        .map(row -> row.extra().replaceAll(".*:\"|\".*", ""))
        .findFirst()
        .orElse("none");
  }

  private static int live(Lab lab) {
    return lab.office().get("/live-calls").path("items").size();
  }
}
