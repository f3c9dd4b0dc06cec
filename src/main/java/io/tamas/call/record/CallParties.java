package io.tamas.call.record;

import io.tamas.number.ExtensionNumber;
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

  public static String ofNumber(String number) {
    return "number:" + number;
  }

  public static String ofProfile(long profile) {
    return "profile:" + profile;
  }

  public static Set<String> of(CallRecord call) {
    Set<String> parties = new LinkedHashSet<>();
    boolean inbound = call.direction() == Direction.INBOUND;
    addExtension(parties, inbound ? "" : call.caller());
    addExtension(parties, call.direction() == Direction.INTERNAL ? call.requested() : "");
    for (CallRecord.Leg leg : call.legs()) {
      addExtension(parties, leg.party());
      if (leg.party().startsWith("+")) {
        parties.add(ofNumber(leg.party()));
      }
    }
    call.destination()
        .filter(destination -> destination.startsWith(EXTENSION))
        .ifPresent(destination -> addExtension(parties, destination.substring(EXTENSION.length())));
    if (inbound) {
      parties.add(ofNumber(call.caller()));
    }
    if (call.direction() != Direction.INTERNAL) {
      parties.add(ofNumber(call.requested()));
    }
    call.profile().map(CallParties::ofProfile).ifPresent(parties::add);
    return parties;
  }

  private static void addExtension(Set<String> parties, String text) {
    if (ExtensionNumber.isValid(text)) {
      parties.add(EXTENSION + text);
    }
  }
}
