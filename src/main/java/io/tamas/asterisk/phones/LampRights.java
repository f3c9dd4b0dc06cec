package io.tamas.asterisk.phones;

import io.tamas.number.ExtensionNumber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which extensions the lamps (BLF) of a phone may show: those that the phone may call. For a
/// ringing one they tell who calls. Pure.
///
/// The phones with the same rights subscribe in the same context of the dialplan
/// (`dialplan/lamps.conf`). A context is chosen by the rights alone, so that those of others do not
/// change it, unless two fall on the same one.
///
/// @param contexts by the groups that may be called
/// @param groups those to which each extension belongs
public record LampRights(
    SortedMap<String, Integer> contexts, Map<ExtensionNumber, SortedSet<String>> groups) {
  /// The context of phones that may call everybody.
  static final String ALL = "tamas-lamps";

  /// The dialplan has as many.
  static final int CONTEXTS = 200;

  /// Nobody's rights: whoever finds no other shows nothing.
  private static final int DARK = 0;

  /// @param groups to which an extension belongs
  /// @param mayCall the groups that its phone may call; empty: everybody
  public record Member(SortedSet<String> groups, SortedSet<String> mayCall) {}

  public static LampRights of(Map<ExtensionNumber, Member> members) {
    SortedSet<String> rights = new TreeSet<>();
    Map<ExtensionNumber, SortedSet<String>> groups = new HashMap<>();
    members.forEach((number, member) -> {
      if (!member.mayCall().isEmpty()) {
        rights.add(text(member.mayCall()));
      }
      groups.put(number, member.groups());
    });
    TreeMap<Integer, String> taken = new TreeMap<>();
    SortedMap<String, Integer> contexts = new TreeMap<>();
    for (String one : rights) {
      free(one, taken)
          .ifPresent(context -> {
            taken.put(context, one);
            contexts.put(one, context);
          });
    }
    return new LampRights(contexts, rights.isEmpty() ? Map.of() : Map.copyOf(groups));
  }

  private static Optional<Integer> free(String rights, Map<Integer, String> taken) {
    int first = Math.floorMod(rights.hashCode(), CONTEXTS - 1);
    for (int i = 0; i < CONTEXTS - 1; i++) {
      int context = 1 + (first + i) % (CONTEXTS - 1);
      if (!taken.containsKey(context)) {
        return Optional.of(context);
      }
    }
    return Optional.empty();
  }

  /// The context in which a phone subscribes.
  public String context(SortedSet<String> mayCall) {
    return mayCall.isEmpty() ? ALL : ALL + "-" + contexts.getOrDefault(text(mayCall), DARK);
  }

  /// Groups as the dialplan compares them: alternatives of a regular expression.
  static String text(SortedSet<String> groups) {
    return String.join("|", groups);
  }
}
