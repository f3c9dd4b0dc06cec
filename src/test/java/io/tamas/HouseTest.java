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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Holds the house: which room may use which, that none is in a circle, and that the decisions stay
/// pure. A rule that selects no class fails.
class HouseTest {
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tamas");

  /// A room, and the rooms that it may use beside `json`: the table in the README's chapter about
  /// the architecture. In its first column a room is meant without the rooms inside it, in its last
  /// column with them.
  private static final Map<String, List<String>> MAY_USE = table();

  static final List<String> ROOMS = List.copyOf(MAY_USE.keySet());

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage(
          "io.tamas.text",
          "io.tamas.calendar",
          "io.tamas.number",
          "io.tamas.routing",
          "io.tamas.call.record",
          "io.tamas.call.fold");

  private static final DescribedPredicate<JavaClass> RULES_OF_THE_COMPANY =
      resideInAPackage("io.tamas.company")
          .and(
              DescribedPredicate.describe(
                  "are rules",
                  type -> type.getSimpleName().matches(".*Rules|CompanyWarnings|Sounds")));

  private static final String[] IMPURE = {
    "io.vertx..", "java.net..", "java.nio.file..", "java.sql..", "org.slf4j.."
  };

  private static Map<String, List<String>> table() {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
      lines
          .dropWhile(line -> !line.startsWith("| room |"))
          .skip(2)
          .takeWhile(line -> line.startsWith("|"))
          .map(line -> line.split(" \\| "))
          .forEach(cells -> rooms.put(names(cells[0]).getFirst(), names(cells[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rooms;
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
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
