package io.tamas.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.event.Audience.Circle;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Grant;
import io.tamas.web.Principal;
import io.tamas.web.Principal.Owner;
import io.tamas.web.Role;
import io.tamas.web.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudienceTest {
  private static final Instant SPRING = Instant.parse("2026-03-21T00:00:00Z");
  private static final Instant BEFORE = SPRING.minusSeconds(1);
  private static final Audience OF_101 = Audience.of(List.of("101"), SPRING);

  @ParameterizedTest
  @EnumSource
  void circleIsReadAsItWasStored(Circle circle) {
    assertEquals(circle, Audience.read(Audience.words(circle), Instant.EPOCH));
  }

  @Test
  void partiesAreReadAsTheyWereStored() {
    Audience both = Audience.of(List.of("102", "101"), SPRING);
    assertEquals(List.of("101", "102"), Audience.words(both));
    assertEquals(both, Audience.read(Audience.words(both), SPRING));
  }

  @Test
  void whatHasNoPartiesIsForNobodyElse() {
    assertEquals(Circle.OVERSEERS, Audience.of(List.of(), SPRING));
  }

  @Test
  void whatWasStoredWithoutItIsInDoubtAndOtherWordsAreForNobodyElse() {
    assertEquals(new Audience.Unknown(), Audience.read(List.of(), SPRING));
    assertEquals(Circle.OVERSEERS, Audience.read(List.of("friends"), SPRING));
    assertEquals(Circle.OVERSEERS, Audience.read(List.of("101", "friends"), SPRING));
  }

  @Test
  void operatorSeesTheOwnExtensionSinceItIsTheirs() {
    Viewer zahra = viewer(Role.OPERATOR, owner("101"), List.of());
    assertTrue(zahra.includes(OF_101));
    assertTrue(zahra.includes(Audience.of(List.of("101", "102"), SPRING)));
    assertFalse(zahra.includes(Audience.of(List.of("101"), BEFORE)));
    assertFalse(zahra.includes(Audience.of(List.of("102"), SPRING)));
    assertFalse(zahra.includes(new Audience.Unknown()));
    assertTrue(zahra.isInDoubt(new Audience.Unknown()));
    assertFalse(Viewer.ALL.isInDoubt(new Audience.Unknown()));
    assertTrue(Viewer.ALL.includes(new Audience.Unknown()));
  }

  @Test
  void circlesAreByRoleAndGrant() {
    Viewer operator = viewer(Role.OPERATOR, Optional.empty(), List.of());
    Viewer granted = viewer(Role.OPERATOR, Optional.empty(), List.of(), Grant.SEE_SETTINGS);
    Viewer supervisor = viewer(Role.SUPERVISOR, Optional.empty(), List.of());
    Viewer key = Viewer.of(new Principal("key", Set.of(Scope.READ), owner("101")));
    assertEquals(Set.of(Circle.EVERYBODY, Circle.USERS), operator.circles());
    assertEquals(Set.of(Circle.EVERYBODY, Circle.USERS, Circle.SETTINGS), granted.circles());
    assertEquals(granted.circles(), supervisor.circles());
    assertEquals(Set.of(Circle.EVERYBODY), key.circles());
    assertEquals(Viewer.ALL, viewer(Role.ADMINISTRATOR, owner("101"), List.of()));
    assertEquals(Viewer.ALL, Viewer.of(new Principal("key", Set.of(Scope.READ))));
  }

  @Test
  void thoseWithEqualRightsAreOne() {
    Viewer zahra = viewer(Role.SUPERVISOR, owner("101"), List.of(owner("102").orElseThrow()));
    Viewer sara = viewer(Role.SUPERVISOR, owner("102"), List.of(owner("101").orElseThrow()));
    assertEquals(zahra, sara);
    Viewer later =
        viewer(
            Role.SUPERVISOR,
            Optional.of(new Owner(new ExtensionNumber("101"), SPRING.plusSeconds(1))),
            List.of(owner("102").orElseThrow()));
    assertNotEquals(zahra.id(), later.id());
    assertNotEquals(zahra.id(), viewer(Role.OPERATOR, owner("101"), List.of()).id());
    assertNotEquals(zahra.id(), Viewer.ALL.id());
  }

  private static Optional<Owner> owner(String extension) {
    return Optional.of(new Owner(new ExtensionNumber(extension), SPRING));
  }

  private static Viewer viewer(
      Role role, Optional<Owner> owner, List<Owner> supervised, Grant... grants) {
    return Viewer.of(
        Principal.of(
            new Principal.User("zahra", role, 1, false), Set.of(grants), owner, supervised));
  }
}
