package io.tamas.company;

import static io.tamas.company.Parts.extension;
import static io.tamas.company.Parts.ringGroup;
import static io.tamas.company.Parts.route;
import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.Company.Part;
import io.tamas.company.CompanyOutcome.Done;
import io.tamas.company.CompanyOutcome.Faulty;
import io.tamas.company.CompanyOutcome.Stale;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.TestDatabase;
import io.tamas.event.Event;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.number.ExtensionNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompaniesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CompaniesIT.class);
  private static final ExtensionNumber LEILA = new ExtensionNumber("101");
  private static final Optional<Long> ANY = Optional.empty();

  @TempDir private static Path folder;
  private static CompanyNode node;
  private static Companies companies;

  @BeforeAll
  static void start() throws Exception {
    node = new CompanyNode(CONFIG, folder.resolve("company.json"));
    companies = node.companies;
  }

  @AfterAll
  static void close() throws Exception {
    node.close();
  }

  @BeforeEach
  void smallCompany() {
    node.replaceAll(Company.empty());
    assertEquals(List.of(), node.replaceAll(Company.of(0, Parts.small())));
  }

  @Test
  void aChangeIsReadAtOnceFromTheSnapshotAndFromTheDatabase() {
    Extension changed = extension("101", "لیلا کریمی");
    Done done = assertInstanceOf(Done.class, companies.put(changed, ANY));

    assertEquals(Optional.of(changed), node.snapshot.get().extension(LEILA));
    assertEquals(Optional.of(done.stored()), companies.find(PartKind.EXTENSION, "101"));
    assertEquals(node.snapshot.company().version(), done.stored().version());
  }

  @Test
  void everyKindOfPartComesBackAsItWasStored() {
    assertEquals(
        new HashSet<>(Parts.small()), Set.copyOf(node.snapshot.company().parts().toList()));
    for (Part part : Parts.small()) {
      assertEquals(Optional.of(part), companies.find(part.kind(), part.key()).map(Stored::part));
    }
  }

  @Test
  void aVersionThatWasChangedSinceIsRefused() {
    long version = version(PartKind.RING_GROUP, "sales");
    companies.put(ringGroup("sales", "102"), Optional.of(version));

    CompanyOutcome late = companies.put(ringGroup("sales", "101"), Optional.of(version));

    assertEquals(new Stale(version(PartKind.RING_GROUP, "sales")), late);
    assertEquals(Optional.of(ringGroup("sales", "102")), part(PartKind.RING_GROUP, "sales"));
  }

  @Test
  void aPartThatWasDeletedAndMadeAgainHasNotItsOldVersion() {
    long version = version(PartKind.INBOUND_ROUTE, "main");
    companies.delete(PartKind.INBOUND_ROUTE, "main", ANY);
    companies.put(route("main", 10, "+982191001000"), ANY);
    assertNotEquals(version, version(PartKind.INBOUND_ROUTE, "main"));
  }

  @Test
  void aFaultLeavesNothingChanged() {
    Company before = node.snapshot.company();
    long newest = newestEvent();

    CompanyOutcome faulty = companies.put(ringGroup("sales", "101", "999"), ANY);

    assertEquals(
        "/members/1", assertInstanceOf(Faulty.class, faulty).faults().getFirst().pointer());
    assertEquals(before, node.snapshot.company());
    assertEquals(Optional.of(ringGroup("sales", "101", "102")), part(PartKind.RING_GROUP, "sales"));
    assertEquals(newest, newestEvent());
  }

  @Test
  void whatIsNamedByOthersCannotBeDeleted() {
    CompanyOutcome refused = companies.delete(PartKind.EXTENSION, "101", ANY);

    List<CompanyFault> faults = assertInstanceOf(Faulty.class, refused).faults();
    assertTrue(faults.stream().allMatch(CompanyFault::dangling));
    assertEquals(
        List.of("trunk demo/fallback", "ring-group sales/members/0", "inbound-route main/to"),
        faults.stream().map(f -> f.kind().singular() + " " + f.key() + f.pointer()).toList());
    assertTrue(part(PartKind.EXTENSION, "101").isPresent());
  }

  @Test
  void ofChangesAtTheSameTimeNoneIsLost() throws Exception {
    List<Callable<CompanyOutcome>> changes =
        IntStream.range(200, 240)
            .<Callable<CompanyOutcome>>mapToObj(
                n -> () -> companies.put(extension("" + n, "New"), ANY))
            .toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<CompanyOutcome> outcome : threads.invokeAll(changes)) {
        assertInstanceOf(Done.class, outcome.get());
      }
    }
    assertEquals(42, node.snapshot.company().extensions().size());
    assertEquals(42, companies.passwords().size());
  }

  @Test
  void ofTwoEditsOfTheSameVersionOneIsRefused() throws Exception {
    Optional<Long> version = Optional.of(version(PartKind.EXTENSION, "101"));
    List<Callable<CompanyOutcome>> edits =
        List.of(
            () -> companies.put(extension("101", "One"), version),
            () -> companies.put(extension("101", "Two"), version));
    List<CompanyOutcome> outcomes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (Future<CompanyOutcome> outcome : threads.invokeAll(edits)) {
        outcomes.add(outcome.get());
      }
    }
    assertEquals(1, outcomes.stream().filter(Done.class::isInstance).count(), outcomes::toString);
    assertEquals(1, outcomes.stream().filter(Stale.class::isInstance).count(), outcomes::toString);
  }

  @Test
  void aPasswordIsMadeWithTheExtensionKeptByEditsAndGoesWithIt() {
    ExtensionNumber number = new ExtensionNumber("300");
    Secret first = companies.create(extension("300", "New")).password().orElseThrow();
    assertTrue(first.reveal().matches("[a-zA-Z2-9]{20}"));
    companies.put(extension("300", "Renamed"), ANY);
    assertEquals(first, companies.passwords().get(number));

    long before = node.snapshot.company().version();
    Secret second = companies.resetPassword(number).password().orElseThrow();
    assertNotEquals(first, second);
    assertEquals(second, companies.passwords().get(number));
    assertEquals(before + 1, node.snapshot.company().version(), "phones are provisioned anew");

    assertInstanceOf(CompanyOutcome.Taken.class, companies.create(extension("300", "x")).outcome());
    companies.delete(PartKind.EXTENSION, "300", ANY);
    assertEquals(Set.of("101", "102"), numbers(companies.passwords()));
    assertInstanceOf(CompanyOutcome.Absent.class, companies.resetPassword(number).outcome());
  }

  @Test
  void aTrunksPasswordIsKeptByEditsAndByANewCompanyAndGoesWithTheTrunk() {
    Secret password = new Secret("prövider's own");
    long before = node.snapshot.company().version();
    assertInstanceOf(Done.class, companies.setTrunkPassword("demo", password));
    assertEquals(Map.of("demo", password), companies.trunkPasswords());
    assertEquals(before + 1, node.snapshot.company().version(), "trunks are provisioned anew");
    assertEquals(Set.of("101", "102"), numbers(companies.passwords()));

    companies.put(Parts.trunk("demo", "127.0.0.3"), ANY);
    assertEquals(List.of(), node.replaceAll(Company.of(0, Parts.small())));
    assertEquals(Map.of("demo", password), companies.trunkPasswords());

    node.replaceAll(Company.empty());
    assertEquals(Map.of(), companies.trunkPasswords());
    assertInstanceOf(CompanyOutcome.Absent.class, companies.setTrunkPassword("demo", password));
  }

  @Test
  void eachChangeIsAnEventWithoutSecrets() {
    long newest = newestEvent();
    Secret password = companies.create(extension("301", "New")).password().orElseThrow();
    companies.put(extension("301", "Renamed"), ANY);
    companies.resetPassword(new ExtensionNumber("301"));
    companies.delete(PartKind.EXTENSION, "301", ANY);
    companies.setTrunkPassword("demo", new Secret("provider-secret"));

    List<Event> events =
        new ArrayList<>(node.database.await(new Events(node.database).after(newest, 10)));
    Event ofTrunk = events.removeLast();
    assertEquals("company:trunk/demo", ofTrunk.subject());
    assertTrue(!ofTrunk.data().contains("provider-secret"), ofTrunk::toString);
    assertEquals(4, events.size());
    assertTrue(events.stream().allMatch(e -> e.type() == Known.COMPANY_CHANGED));
    assertTrue(events.stream().allMatch(e -> e.subject().equals("company:extension/301")));
    assertTrue(events.stream().noneMatch(e -> e.data().contains(password.reveal())));
    assertTrue(events.getLast().data().contains("deleted"), events::toString);
  }

  @Test
  void replacingTheCompanyChangesOnlyWhatDiffers() {
    Map<ExtensionNumber, Secret> passwords = companies.passwords();
    long kept = version(PartKind.RING_GROUP, "sales");
    List<Part> parts = new ArrayList<>(Parts.small());
    parts.removeIf(part -> part.key().equals("closed"));
    parts.add(extension("103", "Mehmet Yılmaz"));

    assertEquals(List.of(), node.replaceAll(Company.of(0, parts)));

    assertEquals(new HashSet<>(parts), Set.copyOf(node.snapshot.company().parts().toList()));
    assertEquals(kept, version(PartKind.RING_GROUP, "sales"));
    assertEquals(passwords.get(LEILA), companies.passwords().get(LEILA));
    assertEquals(Set.of("101", "102", "103"), numbers(companies.passwords()));
  }

  @Test
  void aFaultyCompanyReplacesNothing() {
    Company before = node.snapshot.company();
    assertEquals(1, node.replaceAll(Parts.with(ringGroup("sales", "999"))).size());
    assertEquals(before, node.snapshot.company());
  }

  @Test
  void anotherNodeSeesTheChange() throws Exception {
    try (CompanyNode other = new CompanyNode(CONFIG, folder.resolve("other.json"))) {
      List<Long> told = java.util.Collections.synchronizedList(new ArrayList<>());
      other.snapshot.onChange(directory -> told.add(directory.company().version()));
      companies.put(extension("101", "Changed elsewhere"), ANY);
      long version = node.snapshot.company().version();
      eventually(
          "the other node has it",
          Duration.ofSeconds(2),
          () -> other.snapshot.company().version() == version && told.contains(version));
      assertEquals(node.snapshot.company(), other.snapshot.company());
    }
  }

  @Test
  void fiveThousandExtensionsAreAppliedInSeconds() {
    List<Part> parts = new ArrayList<>(Parts.small());
    IntStream.range(1000, 6000).forEach(n -> parts.add(extension("" + n, "Person " + n)));
    long begun = System.nanoTime();
    assertEquals(List.of(), node.replaceAll(Company.of(0, parts)));
    long applied = System.nanoTime();
    assertInstanceOf(Done.class, companies.put(extension("1000", "Changed"), ANY));
    long changed = System.nanoTime();
    System.out.printf(
        "5,000 extensions: applied in %d ms, one changed in %d ms%n",
        (applied - begun) / 1_000_000, (changed - applied) / 1_000_000);
    assertEquals(5002, node.snapshot.company().extensions().size());
  }

  private static Optional<Part> part(PartKind kind, String key) {
    return companies.find(kind, key).map(Stored::part);
  }

  private static long version(PartKind kind, String key) {
    return companies.find(kind, key).orElseThrow().version();
  }

  private static long newestEvent() {
    return node.database.await(new Events(node.database).range()).newest();
  }

  private static Set<String> numbers(Map<ExtensionNumber, Secret> passwords) {
    return Set.copyOf(passwords.keySet().stream().map(ExtensionNumber::digits).toList());
  }
}
