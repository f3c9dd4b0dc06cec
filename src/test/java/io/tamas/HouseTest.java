package io.tamas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Holds the house: which room may use which, that none is in a circle, and that the decisions stay
/// pure. A rule that selects no class fails.
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tamas");

  /// A room, and the rooms that it may use beside `json`. A room with rooms of its own, such as
  /// `call`, is meant without these where it is left of the arrow, and with all of them where it is
  /// right of it.
  private static final Map<String, List<String>> MAY_USE =
      table(
          """
          config           ->
          json             ->
          number           ->
          work             ->
          mail             -> config work
          sms              -> config work
          db               -> config
          web              -> config number db
          event            -> config db web work
          company          -> config number db event web
          routing          -> number company
          report           -> company db routing web
          asterisk.agi     -> config
          asterisk.ami     -> config
          asterisk.ari     -> config
          asterisk.journal -> config db work
          asterisk.phones  -> asterisk.ami asterisk.ari config number work
          sound            -> config company
          crm              -> config number db event web
          call.record      -> number routing
          call.notes       -> call.record asterisk.journal
          call.fold        -> call.record asterisk.journal routing
          call.history     -> call.record db number routing web
          call.live        -> call.record call.fold call.history asterisk.journal db number work
          call.state       -> asterisk.phones company db event number web work
          call.recording   -> call.record call.notes call.live asterisk.ami company db event number routing web work
          call.voicemail   -> call.record call.recording asterisk.agi company config db event mail number sms web work
          call.control     -> call.record call.notes call.live call.recording asterisk.ami asterisk.ari company number routing web
          call.decision    -> call.record call.history call.live call.state asterisk.agi company crm db event number routing web
          call             -> call asterisk.journal crm db event number routing web
          cli              -> cli config company ops
          cli.phone        -> config ops
          ops              -> config db number company web
          """);

  static final List<String> ROOMS = List.copyOf(MAY_USE.keySet());

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage(
          "io.tamas.number", "io.tamas.routing", "io.tamas.call.record", "io.tamas.call.fold");

  private static final DescribedPredicate<JavaClass> RULES_OF_THE_COMPANY =
      resideInAPackage("io.tamas.company")
          .and(
              DescribedPredicate.describe(
                  "are rules",
                  type -> type.getSimpleName().matches(".*Rules|CompanyWarnings|Sounds")));

  private static final String[] IMPURE = {
    "io.vertx..", "java.net..", "java.nio.file..", "java.sql..", "org.slf4j.."
  };

  private static Map<String, List<String>> table(String text) {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      String[] sides = line.split("->", -1);
      rooms.put(
          sides[0].strip(),
          Arrays.stream(sides[1].strip().split(" ")).filter(one -> !one.isEmpty()).toList());
    }
    return rooms;
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void aRoomUsesOnlyTheRoomsBeneathIt(String room) {
    noClasses()
        .that(resideInAPackage("io.tamas." + room))
        .should()
        .dependOnClassesThat(anotherRoomThan(room))
        .check(HOUSE);
  }

  @Test
  void everyRoomIsInTheTable() {
    noClasses()
        .that(resideInAPackage("io.tamas.*.."))
        .should()
        .resideOutsideOfPackages(
            ROOMS.stream().map(room -> "io.tamas." + room).toArray(String[]::new))
        .check(HOUSE);
  }

  @Test
  void noRoomIsInACircle() {
    slices().matching("io.tamas.(*)..").should().beFreeOfCycles().check(HOUSE);
    slices().matching("io.tamas.asterisk.(*)..").should().beFreeOfCycles().check(HOUSE);
    slices().matching("io.tamas.call.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void onlyTheHallItselfMayUseAllOfItsRooms() {
    noClasses()
        .that(resideInAPackage("io.tamas.call.*.."))
        .should()
        .dependOnClassesThat(resideInAPackage("io.tamas.call"))
        .check(HOUSE);
  }

  @Test
  void decisionsArePure() {
    noClasses().that(PURE).should().dependOnClassesThat().resideInAnyPackage(IMPURE).check(HOUSE);
    noClasses()
        .that(RULES_OF_THE_COMPANY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(IMPURE)
        .check(HOUSE);
  }

  @Test
  void decisionsAskNoClockAndNoDice() {
    noClasses()
        .that(PURE.or(RULES_OF_THE_COMPANY))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaClass> anotherRoomThan(String room) {
    String[] allowed =
        Stream.concat(
                Stream.of("io.tamas." + room),
                Stream.concat(Stream.of("json"), MAY_USE.getOrDefault(room, List.of()).stream())
                    .map(name -> "io.tamas." + name + ".."))
            .toArray(String[]::new);
    return resideInAPackage("io.tamas..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
  }
}
