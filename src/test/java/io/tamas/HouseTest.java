package io.tamas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Holds the house: which room may use which, and that the decisions stay pure.
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tamas");

  /// A room and the rooms that it may use; every room may use `json`.
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          entry("config", List.of()),
          entry("json", List.of()),
          entry("number", List.of()),
          entry("text", List.of()),
          entry("calendar", List.of()),
          entry("work", List.of()),
          entry("mail", List.of("config", "work")),
          entry("sms", List.of("config", "work")),
          entry("db", List.of("config")),
          entry("web", List.of("config", "number", "db")),
          entry("event", List.of("config", "db", "web", "work")),
          entry("company", List.of("config", "number", "text", "calendar", "db", "event", "web")),
          entry("routing", List.of("number", "company")),
          entry("asterisk", List.of("config", "number", "db", "work")),
          entry("sound", List.of("config", "company")),
          entry("crm", List.of("config", "number", "text", "db", "event", "web", "work")),
          entry(
              "call",
              List.of(
                  "config",
                  "number",
                  "company",
                  "routing",
                  "asterisk",
                  "crm",
                  "db",
                  "event",
                  "mail",
                  "sms",
                  "web",
                  "work")),
          entry("cli", List.of("config", "company", "ops")),
          entry("ops", List.of("config", "db", "number", "company", "web")));

  static final List<String> ROOMS = MAY_USE.keySet().stream().sorted().toList();

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage(
              "io.tamas.number..", "io.tamas.text..", "io.tamas.calendar..", "io.tamas.routing..")
          .or(
              DescribedPredicate.describe(
                  "are the fold or the rules of the company",
                  type ->
                      type.getSimpleName().startsWith("CallFold")
                          || type.getPackageName().equals("io.tamas.company")
                              && type.getSimpleName().matches(".*Rules|CompanyWarnings|Sounds")));

  @ParameterizedTest
  @FieldSource("ROOMS")
  void aRoomUsesOnlyTheRoomsBeneathIt(String room) {
    noClasses()
        .that(resideInAPackage("io.tamas." + room + ".."))
        .should()
        .dependOnClassesThat(anotherRoomThan(room))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void everyRoomIsInTheTable() {
    noClasses()
        .that(resideInAPackage("io.tamas.."))
        .and(DescribedPredicate.not(resideInAPackage("io.tamas")))
        .should()
        .resideOutsideOfPackages(
            ROOMS.stream().map(room -> "io.tamas." + room + "..").toArray(String[]::new))
        .check(HOUSE);
  }

  @Test
  void decisionsArePure() {
    noClasses()
        .that(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.vertx..", "java.net..", "java.nio.file..", "java.sql..", "org.slf4j.."))
        .check(HOUSE);
  }

  @Test
  void decisionsAskNoClockAndNoDice() {
    noClasses()
        .that(PURE)
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
        Stream.concat(Stream.of(room, "json"), MAY_USE.getOrDefault(room, List.of()).stream())
            .map(name -> "io.tamas." + name + "..")
            .toArray(String[]::new);
    return resideInAPackage("io.tamas..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
  }
}
