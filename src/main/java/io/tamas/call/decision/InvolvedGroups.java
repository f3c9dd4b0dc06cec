package io.tamas.call.decision;

import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision;
import io.tamas.routing.Routed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The groups of the extensions that a decision is about, as they are now: later the extensions may
/// be in others. Pure.
final class InvolvedGroups {
  private static final String EXTENSION = "extension:";

  private InvolvedGroups() {}

  /// By the group's name.
  static Map<String, List<String>> of(CallContext call, Routed routed, Directory company) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (ExtensionNumber number : involved(call, routed)) {
      Set<String> of = company.extension(number).map(Extension::groups).orElse(Set.of());
      of.forEach(
          group -> groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(number.digits()));
    }
    return groups;
  }

  private static Set<ExtensionNumber> involved(CallContext call, Routed routed) {
    Set<ExtensionNumber> numbers = new TreeSet<>();
    if (call.origin() instanceof Origin.FromPhone(ExtensionNumber caller)) {
      numbers.add(caller);
    }
    if (routed.decision() instanceof Decision.Ring ring) {
      ring.stages()
          .forEach(stage -> stage.members().forEach(member -> numbers.add(member.extension())));
    }
    Stream.concat(
            Stream.of(routed.destination()),
            routed.trace().steps().stream().map(step -> step.rule()))
        .filter(text -> text.startsWith(EXTENSION))
        .map(text -> text.substring(EXTENSION.length()))
        .filter(ExtensionNumber::isValid)
        .forEach(text -> numbers.add(new ExtensionNumber(text)));
    return numbers;
  }
}
