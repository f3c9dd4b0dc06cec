package io.tamas.call.record;

import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Routed.Direction;
import java.util.LinkedHashSet;
import java.util.Set;

/// Under which extensions, numbers and profiles a call is found.
public final class CallParties {
  private static final String EXTENSION = "extension:";

  private CallParties() {}

  public static String ofExtension(ExtensionNumber extension) {
    return EXTENSION + extension.digits();
  }

  /// @param number an external party, or what else was dialled
  public static String ofNumber(String number) {
    return "number:"
        + (PhoneNumber.isValid(number) ? new PhoneNumber(number).line().e164() : number);
  }

  public static String ofProfile(long profile) {
    return "profile:" + profile;
  }

  public static Set<String> of(CallRecord call) {
    Set<String> parties = new LinkedHashSet<>();
    boolean inbound = call.who().direction() == Direction.INBOUND;
    addExtension(parties, inbound ? "" : call.who().caller());
    addExtension(
        parties, call.who().direction() == Direction.INTERNAL ? call.who().requested() : "");
    for (CallRecord.Leg leg : call.legs()) {
      addExtension(parties, leg.party());
      if (leg.party().startsWith("+")) {
        parties.add(ofNumber(leg.party()));
      }
    }
    call.outcome()
        .destination()
        .filter(destination -> destination.startsWith(EXTENSION))
        .ifPresent(destination -> addExtension(parties, destination.substring(EXTENSION.length())));
    if (inbound) {
      parties.add(ofNumber(call.who().caller()));
    }
    if (call.who().direction() != Direction.INTERNAL) {
      parties.add(ofNumber(call.who().requested()));
    }
    call.who().profile().map(CallParties::ofProfile).ifPresent(parties::add);
    return parties;
  }

  private static void addExtension(Set<String> parties, String text) {
    if (ExtensionNumber.isValid(text)) {
      parties.add(EXTENSION + text);
    }
  }
}
