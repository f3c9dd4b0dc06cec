package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A part of the company that Asterisk refuses is told, and does not stop the others.
@InTheLab
class PartFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  void phoneThatAsteriskRefusesIsToldOnceAndTheOthersGoOn(Lab lab) {
    String taken = lab.freeNumber();
    lab.asterisk()
        .administratorWrites("[%s]\ntype = endpoint\ncontext = elsewhere\n".formatted(taken));
    try (ReceivedEvents events = lab.events()) {
      lab.office().newExtension(taken, "Taken", false);
      JsonNode refused = events.hearsOf("provisioning.refused", "extension:" + taken);
      assertEquals("extension:" + taken, refused.path("part").asText());
      assertTrue(refused.path("reason").asText().contains("endpoint/" + taken), refused::toString);
      assertEquals(1, refusedParts(lab));

      Phone omid = lab.phone("Omid");
      Phone sara = lab.phone("Sara");
      omid.calls(sara.number());
      sara.rings().answers();
      omid.talks().hangsUp();
      sara.callEnds();
      assertEquals(1, events.of("provisioning.refused", "extension:" + taken).size());
    }

    lab.asterisk().administratorWrites("");
    lab.office().says(taken, Map.of("name", "Free"));
    eventually("it is provisioned", SOON, () -> refusedParts(lab) == 0);
    lab.awaitsConsole("pjsip show endpoint " + taken, "context : from-phone");
  }

  private static double refusedParts(Lab lab) {
    return lab.office()
        .manage("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("tamas_parts_refused "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
