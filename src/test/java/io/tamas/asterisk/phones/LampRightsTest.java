package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tamas.asterisk.phones.LampRights.Member;
import io.tamas.number.ExtensionNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LampRightsTest {
  private static final SortedSet<String> NOBODY = new TreeSet<>();

  @Test
  void phonesThatMayCallEverybodyShareOneContextAndNothingIsWritten() {
    LampRights rights = LampRights.of(Map.of(number(101), new Member(set("sales"), NOBODY)));
    assertEquals("tamas-lamps", rights.context(NOBODY));
    assertEquals(Map.of(), rights.contexts());
    assertEquals(Map.of(), rights.groups());
  }

  @Test
  void phonesWithTheSameRightsShareAContextAndOthersHaveAnother() {
    LampRights rights = rights(set("sales"), set("sales", "board"));
    assertEquals(2, Set.copyOf(rights.contexts().values()).size());
    assertNotEquals(rights.context(set("sales")), rights.context(set("board", "sales")));
    assertEquals(rights.context(set("board", "sales")), rights.context(set("sales", "board")));
  }

  @Test
  void contextStaysWhenOtherRightsAreAdded() {
    String before = rights(set("sales")).context(set("sales"));
    assertEquals(before, rights(set("sales"), set("board"), set("a")).context(set("sales")));
  }

  @Test
  void phonesBeyondAllContextsShowNothing() {
    Map<ExtensionNumber, Member> members = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      members.put(number(1000 + i), new Member(NOBODY, set("g" + i)));
    }
    LampRights rights = LampRights.of(members);
    assertEquals(LampRights.CONTEXTS - 1, Set.copyOf(rights.contexts().values()).size());
    assertEquals(
        101,
        members.values().stream()
            .filter(one -> rights.context(one.mayCall()).equals("tamas-lamps-0"))
            .count());
  }

  @Test
  void subscriptionsOfAPhoneAreReadFromTheConsole() {
    String output =
        """
        Endpoint: <Endpoint/Caller-ID.............................................>
        Resource: <Resource/Event.................................................>

        Endpoint: 105/"Sara" <105>
        Resource: 101/dialog
          Expiry:      599  e57e61d32ea343f9b0f43827a1422769

        Endpoint: 106/"Endpoint: 105/" <106>
        Resource: 102/dialog

        Endpoint: 105/"Sara" <105>
        Resource: 103/presence
        """;
    assertEquals(Set.of("101", "103"), Subscriptions.resources("105", output));
  }

  @SafeVarargs
  private static LampRights rights(SortedSet<String>... mayCall) {
    Map<ExtensionNumber, Member> members = new HashMap<>();
    for (SortedSet<String> one : mayCall) {
      members.put(number(101 + members.size()), new Member(NOBODY, one));
    }
    return LampRights.of(members);
  }

  private static SortedSet<String> set(String... groups) {
    return new TreeSet<>(List.of(groups));
  }

  private static ExtensionNumber number(int number) {
    return new ExtensionNumber(String.valueOf(number));
  }
}
