package io.tamas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Holds the house: which room may use which, that none is in a circle, and that the decisions stay
/// pure. A rule that selects no class fails.
class HouseTest {
  private static final String BASE = "io.tamas.";
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  /// A row of the table in the README's chapter about the architecture: a room without the rooms
  /// inside it, and the rooms that it uses beside `json`, with those inside them.
  private record Room(String name, boolean pure, List<String> uses) {}

  private static final List<Room> TABLE = table();

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tamas");

  static final List<String> ROOMS = TABLE.stream().map(Room::name).toList();

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage(
          TABLE.stream().filter(Room::pure).map(room -> BASE + room.name()).toArray(String[]::new));

  private static final DescribedPredicate<JavaClass> RULES_OF_THE_COMPANY =
      resideInAPackage("io.tamas.company")
          .and(
              DescribedPredicate.describe(
                  "are rules",
                  type -> type.getSimpleName().matches(".*Rules|CompanyWarnings|Sounds")));

  private static final String[] IMPURE = {
    "io.vertx..", "java.net..", "java.nio.file..", "java.sql..", "org.slf4j.."
  };

  /// For a request, a process or a command; `work` for all others.
  private static final String[] MAKERS_OF_THREADS = {
    "io.tamas.work",
    "io.tamas.web",
    "io.tamas.asterisk.agi",
    "io.tamas.sound",
    "io.tamas.ops",
    "io.tamas.cli.."
  };

  private static List<Room> table() {
    try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
      return lines
          .dropWhile(line -> !line.startsWith("| room |"))
          .skip(2)
          .takeWhile(line -> line.startsWith("|"))
          .map(line -> line.split(" \\| "))
          .map(cells ->
              new Room(names(cells[0]).getFirst(), cells[1].contains("**Pure**"), names(cells[2])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static Room room(String name) {
    return TABLE.stream().filter(room -> room.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void aRoomUsesOnlyTheRoomsBeneathIt(String room) {
    noClasses()
        .that(resideInAPackage(BASE + room))
        .should()
        .dependOnClassesThat(anotherRoomThan(room))
        .check(HOUSE);
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void aRoomUsesAllThatTheTableSays(String room) {
    List<String> unused =
        room(room).uses().stream()
            .filter(used ->
                HOUSE.stream()
                    .filter(resideInAPackage(BASE + room))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(Dependency::getTargetClass)
                    .filter(target -> !target.getPackageName().equals(BASE + room))
                    .noneMatch(resideInAPackage(BASE + used + "..")))
            .toList();
    assertEquals(List.of(), unused);
  }

  @Test
  void everyRoomIsInTheTable() {
    noClasses()
        .that(resideInAPackage("io.tamas.*.."))
        .should()
        .resideOutsideOfPackages(ROOMS.stream().map(room -> BASE + room).toArray(String[]::new))
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

  /// What works for as long as the process lives is a `work.Worker`, so that its death is noticed.
  @Test
  void onlyShortWorkHasThreadsOfItsOwn() {
    noClasses()
        .that()
        .resideOutsideOfPackages(MAKERS_OF_THREADS)
        .should()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "ofPlatform")
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaClass> anotherRoomThan(String room) {
    String[] allowed =
        Stream.concat(
                Stream.of(BASE + room),
                Stream.concat(Stream.of("json"), room(room).uses().stream())
                    .map(name -> BASE + name + ".."))
            .toArray(String[]::new);
    return resideInAPackage("io.tamas..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
  }
}
