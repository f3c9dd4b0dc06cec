package io.tamas;

import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whoever is called is told by an event who calls, while the phone rings: what a CRM shows to the
/// person at it.
@InTheLab
class CalledPartyEventsIT {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration TURN = Duration.ofSeconds(3);

  @Test
  void allMembersOfARingGroupAreTold(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    String group = lab.office().ringAll(List.of(zahra.number(), reza.number()), SOON);
    ReceivedEvents first = lab.eventsOf(zahra);
    ReceivedEvents second = lab.eventsOf(reza);
    Phone ali = line.caller("Ali").calls(line.number(group, SOON, false));
    zahra.rings();
    reza.rings();
    isTold(zahra, first);
    isTold(reza, second);
    ali.hangsUp();
  }

  @Test
  void theNextOfAGroupThatRingsInOrderIsTold(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    String group = lab.office().ringInOrder(List.of(zahra.number(), reza.number()), TURN);
    ReceivedEvents second = lab.eventsOf(reza);
    Phone ali = line.caller("Ali").calls(line.number(group, TURN, false));
    zahra.rings();
    reza.rings();
    isTold(reza, second);
    ali.hangsUp();
  }

  private static void isTold(Phone phone, ReceivedEvents own) {
    Eventually.eventually(
        phone.number() + " is told", SOON, () -> own.subjects("call.").size() == 1);
  }
}
