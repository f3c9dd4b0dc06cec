package io.tamas;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.lab.AgiImpostor;
import io.tamas.lab.AgiImpostor.Way;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tamas is there, and fails because of one call: that call is refused, and no fallback rings.
@InTheLab
class CallOfItsOwnFaultIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void callAtWhichTamasFailsIsRefusedAndTheNextOneRings(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    double failed = failures(lab);
    // a request of a dialplan that Tamas does not know
    List<String> steps =
        List.of("Set(TAMAS_ORIGIN=fax)", "Set(TAMAS_PEER=x)", "Goto(tamas-ask,98765,1)");
    for (int step = 1; step <= steps.size(); step++) {
      lab.asterisk()
          .console(
              "dialplan add extension 98765,%d,%s into from-phone"
                  .formatted(step, steps.get(step - 1)));
    }
    zahra.calls("98765").isTold(500);
    lab.asterisk().console("dialplan remove extension 98765@from-phone");
    lab.callOf(zahra)
        .of("INTERNAL", zahra.number(), "98765")
        .is("FAILED")
        .withCause(127)
        .decidedBy("fault")
        .because("failed");
    eventually("it is counted", SOON, () -> failures(lab) == failed + 1);
    reza.calls(zahra.number());
    zahra.rings().refuses();
    reza.isTold(486);
  }

  @Test
  void callerHearsARefusalAndTheFallbackPhoneDoesNotRing(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali");
    lab.office().dies();
    try (AgiImpostor _ = impostor(lab)) {
      ali.calls("02191000000").isTold(500);
    }
    lab.office().recovers();
    zahra.doesNotRing();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), "02191000000")
        .is("FAILED")
        .endedBy("SYSTEM")
        .withCause(127)
        .decidedBy("fault")
        .because("failed");
  }

  @Test
  void emergencyCallAtWhichTamasFailsGoesOut(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone police = line.callee("Police").willAnswer();
    String number = "1" + zahra.number();
    lab.office()
        .part("emergency-numbers", Map.of("number", number, "trunks", List.of(line.trunk())));
    eventually(
        "Asterisk knows the emergency number",
        SOON,
        () -> lab.asterisk().console("database show tamas-emergency").contains("/" + number));
    lab.office().dies();
    try (AgiImpostor _ = impostor(lab)) {
      zahra.calls(number).talks().hangsUp();
      police.callEnds();
    }
    lab.office().recovers();
    lab.callOf(zahra).is("ANSWERED");
  }

  private static AgiImpostor impostor(Lab lab) {
    return AgiImpostor.at(lab.asterisk().settings().agiPort(), Way.FAILS_AT_THE_CALL);
  }

  private static double failures(Lab lab) {
    return lab.office()
        .manage("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("tamas_agi_sessions_total{"))
        .filter(line -> line.contains("outcome=\"failed\"") && line.contains("script=\"route\""))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")))
        .sum();
  }
}
