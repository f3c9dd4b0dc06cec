package io.tamas.call.record;

import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Routed.Direction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Under which extensions, numbers and profiles a call is found.
public final class CallParties {
  private static final String EXTENSION = "extension:";
  private static final String MISSING = "missing";

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
    addExtension(parties, reaches(call, call.who().requested()) ? call.who().requested() : "");
    for (CallRecord.Leg leg : call.legs()) {
      addExtension(parties, isOfExtension(call, leg) ? leg.party() : "");
      if (leg.party().startsWith("+")) {
        parties.add(ofNumber(leg.party()));
      }
    }
    call.outcome()
        .destination()
        .filter(destination -> destination.startsWith(EXTENSION))
        .map(destination -> destination.substring(EXTENSION.length()))
        .filter(number -> !isMissing(call, number))
        .ifPresent(number -> addExtension(parties, number));
    if (inbound) {
      parties.add(ofNumber(call.who().caller()));
    }
    if (call.who().direction() != Direction.INTERNAL && !call.who().requested().isEmpty()) {
      parties.add(ofNumber(call.who().requested()));
    }
    call.who().profile().map(CallParties::ofProfile).ifPresent(parties::add);
    return parties;
  }

  /// The extensions among them.
  public static List<String> extensions(CallRecord call) {
    return of(call).stream()
        .filter(party -> party.startsWith(EXTENSION))
        .map(party -> party.substring(EXTENSION.length()))
        .toList();
  }

  /// The extensions that talked in a call: who called and was answered, and who answered.
  public static Set<ExtensionNumber> talked(CallRecord call) {
    Set<ExtensionNumber> talked = new LinkedHashSet<>();
    boolean isAnswered = call.when().answeredAt().isPresent();
    if (isAnswered && call.who().direction() != Direction.INBOUND) {
      Optional.of(call.who().caller())
          .filter(ExtensionNumber::isValid)
          .map(ExtensionNumber::new)
          .ifPresent(talked::add);
    }
    call.legs().stream()
        .filter(leg -> leg.answeredAt().isPresent() && isOfExtension(call, leg))
        .map(leg -> new ExtensionNumber(leg.party()))
        .forEach(talked::add);
    return talked;
  }

  /// Whether what was dialled is an extension: codes, slots and services are no extensions, and
  /// some numbers nobody has.
  private static boolean reaches(CallRecord call, String requested) {
    return call.decisions().stream()
        .flatMap(note -> note.trace().steps().stream())
        .anyMatch(
            step -> step.rule().equals(EXTENSION + requested) && !step.outcome().equals(MISSING));
  }

  private static boolean isMissing(CallRecord call, String number) {
    return call.decisions().stream()
        .flatMap(note -> note.trace().steps().stream())
        .anyMatch(step -> step.rule().equals(EXTENSION + number) && step.outcome().equals(MISSING));
  }

  /// Whether an extension was called, or joined the call; also one that had no phone to ring.
  public static boolean isOfExtension(CallRecord call, CallRecord.Leg leg) {
    return leg.channel().isEmpty()
        ? ExtensionNumber.isValid(leg.party()) && !isOutside(call, leg)
        : new ChannelName(leg.channel())
            .extension()
            .filter(extension -> extension.digits().equals(leg.party()))
            .isPresent();
  }

  /// A service such as `118` looks like an extension.
  private static boolean isOutside(CallRecord call, CallRecord.Leg leg) {
    return leg.trunk().isPresent()
        || call.decisions().stream()
            .anyMatch(note -> note.externalNumber().equals(Optional.of(leg.party())));
  }

  private static void addExtension(Set<String> parties, String text) {
    if (ExtensionNumber.isValid(text)) {
      parties.add(EXTENSION + text);
    }
  }
}
