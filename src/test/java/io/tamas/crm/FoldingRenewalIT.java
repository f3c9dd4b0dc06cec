package io.tamas.crm;

import static io.tamas.crm.OldProfiles.name;
import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.crm.FoldingRenewal.Step;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.event.Events;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FoldingRenewalIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(FoldingRenewalIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Duration WITHIN = Duration.ofSeconds(30);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final OldProfiles old = new OldProfiles(DATABASE);
  private final Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
  private final FoldingRenewal renewal = new FoldingRenewal(DATABASE, metrics);

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    old.empty();
  }

  @Test
  void oldProfilesAreFoundBeforeTheyAreRenewedMeanwhileAndAfterwards() {
    old.make(1_200);
    List<Step> steps = new ArrayList<>();

    for (int step = 0; step < 4; step++) {
      for (int number : new int[] {1, 499, 500, 501, 1_000, 1_200}) {
        assertEquals(List.of(name(number)), found(name(number)));
        assertEquals(List.of(name(number)), found("ﺧﺎﻧۀ " + "%04d".formatted(number)));
      }
      steps.add(renewal.renewSome());
    }

    assertEquals(
        List.of(new Step.Done(500), new Step.Done(500), new Step.Done(200), new Step.End()), steps);
    assertEquals(0, old.left());
    assertEquals(List.of(name(1)), found("خانه 0001"));
  }

  @Test
  void whatMeansAnythingInAPatternIsTakenAsItIsInBothForms() {
    old.make("100% خانۀ_1", "1000 خانۀ_1", "100% خانۀ 1");

    for (int i = 0; i < 2; i++) {
      assertEquals(List.of("100% خانۀ_1"), found("0% خانۀ_1"));
      renewal.renewSome();
    }
    assertEquals(List.of("100% خانۀ_1"), found("0% خانە_"));
  }

  @Test
  void roundsRenewAllTellNobodyAndEnd() throws Exception {
    old.make(1_200);
    List<String> before = versions();
    long events = DATABASE.await(new Events(DATABASE).range()).newest();

    renewal.start();
    eventually("all renewed", WITHIN, () -> old.left() == 0);
    eventually("ended", WITHIN, () -> thread("folding-renewal").isEmpty());
    renewal.close().await(5, TimeUnit.SECONDS);

    assertEquals(1_200, metrics.get("tamas.profiles.refolded").counter().count());
    assertEquals(before, versions());
    assertEquals(events, DATABASE.await(new Events(DATABASE).range()).newest());
    assertEquals(List.of(), wrong());
  }

  @Test
  void anotherGoesOnWhereOneWasClosed() throws Exception {
    old.make(3_000);

    renewal.start();
    eventually("some renewed", WITHIN, () -> old.left() < 3_000);
    renewal.close().await(5, TimeUnit.SECONDS);
    long left = old.left();
    assertTrue(left > 0);

    FoldingRenewal next = new FoldingRenewal(DATABASE, metrics);
    next.start();
    eventually("all renewed", WITHIN, () -> old.left() == 0);
    next.close().await(5, TimeUnit.SECONDS);

    assertEquals(3_000, metrics.get("tamas.profiles.refolded").counter().count());
    assertEquals(List.of(), wrong());
  }

  @Test
  void twoNodesRenewEachProfileOnce() throws Exception {
    old.make(2_000);
    FoldingRenewal other = new FoldingRenewal(DATABASE, metrics);

    renewal.start();
    other.start();
    eventually("all renewed", WITHIN, () -> old.left() == 0);
    renewal.close().await(5, TimeUnit.SECONDS);
    other.close().await(5, TimeUnit.SECONDS);

    assertEquals(2_000, metrics.get("tamas.profiles.refolded").counter().count());
  }

  @Test
  void aProfileThatIsBeingChangedIsLeftAndItsChangeWins() {
    old.make(10);
    long changing = old.number("select max(id) from profile");

    DATABASE.inTransaction(tx -> {
      String sql = "update profile set name = $1, search = $2, folding = $3 where id = $4";
      Tuple values = Tuple.of("ھادی", Folding.fold("ھادی"), Folding.VERSION, changing);
      tx.await(tx.connection().preparedQuery(sql).execute(values));
      assertEquals(new Step.Waits(9), renewal.renewSome());
      assertEquals(new Step.Waits(0), renewal.renewSome());
      return changing;
    });

    assertEquals(new Step.Done(0), renewal.renewSome());
    assertEquals(List.of("ھادی"), found("هادی"));
    assertEquals(0, old.left());
    assertEquals(List.of(), wrong());
  }

  @Test
  void aProfileThatWasOnlyTalkedToMeanwhileIsRenewedThen() {
    old.make(10);
    long talking = old.number("select min(id) from profile");

    DATABASE.inTransaction(tx -> {
      tx.await(LastContacts.store(tx.connection(), Map.of(talking, Instant.EPOCH)));
      assertEquals(new Step.Waits(9), renewal.renewSome());
      return talking;
    });

    assertEquals(new Step.Done(1), renewal.renewSome());
    assertEquals(0, old.left());
  }

  @Test
  void changesAllTheTimeAreNeverOverwritten() throws Exception {
    old.make(1_000);
    long first = old.number("select min(id) from profile");

    renewal.start();
    for (int round = 0; old.left() > 0 && round < 1_000; round++) {
      for (long id = first; id < first + 1_000; id += 50) {
        profiles.update(id, Optional.empty(), named("مکۃ " + round));
      }
    }
    renewal.close().await(5, TimeUnit.SECONDS);

    assertEquals(0, old.left());
    assertEquals(List.of(), wrong());
  }

  @Test
  void everyWriteTellsItsVersion() {
    old.make(1);
    long updated = old.number("select id from profile");
    profiles.update(updated, Optional.empty(), named("ھادی"));
    profiles.create(named("مکۃ"));
    LateWork beside = new LateWork();
    UnknownCallers unknown =
        new UnknownCallers(
            DATABASE, beside, () -> Optional.of("unknown"), (_, _, _) -> {}, metrics);
    assertTrue(unknown.make(new PhoneNumber("+989121234567")).isPresent());
    beside.close();

    assertEquals(3, old.number("select count(*) from profile"));
    assertEquals(0, old.left());
    assertEquals(List.of(), wrong());
  }

  @Test
  void aLaterStartLooksAtNewProfilesOnly() {
    old.make(700);
    assertEquals(new Step.Done(500), renewal.renewSome());
    assertEquals(new Step.Done(200), renewal.renewSome());
    assertEquals(new Step.End(), renewal.renewSome());

    profiles.create(named("ھادی"));
    old.make("of a node that is still older");
    assertEquals(new Step.Done(1), new FoldingRenewal(DATABASE, metrics).renewSome());
    assertEquals(new Step.End(), renewal.renewSome());
    assertEquals(0, old.left());
  }

  @Test
  void whatANewerVersionFoldedIsLeftAlone() {
    old.make(2);
    int newer = Folding.VERSION + 1;
    old.run("update profile set search = 'newer', folding = " + newer + " where name like '%1'");

    assertEquals(new Step.Done(1), renewal.renewSome());
    assertEquals(1, old.number("select count(*) from profile where search = 'newer'"));

    old.empty();
    old.make(2);
    old.run("update profile_folding set version = " + newer);
    assertEquals(new Step.End(), renewal.renewSome());
    assertEquals(2, old.left());
  }

  @Test
  void pagesEndWhileProfilesMoveAndThoseThatStayAreThereOnce() {
    for (int i = 0; i < 400; i++) {
      old.make("Stays " + i, "ۀ moves " + i, "ھ moves " + i);
    }
    Map<String, Integer> seen = new HashMap<>();
    Optional<ProfileCursor> cursor = Optional.empty();
    int pages = 0;

    do {
      ProfileLists.Page page =
          profiles
              .lists()
              .list(
                  new ProfileSearch(
                      Optional.empty(),
                      List.of(),
                      Optional.empty(),
                      ProfileFilter.ALL,
                      cursor,
                      50));
      page.items().forEach(profile -> seen.merge(profile.name(), 1, Integer::sum));
      cursor = page.next();
      pages++;
      if (pages % 8 == 0) {
        renewal.renewSome();
      }
    } while (cursor.isPresent() && pages < 100);

    assertEquals(Optional.empty(), cursor);
    for (int i = 0; i < 400; i++) {
      assertEquals(1, seen.get("Stays " + i));
    }
  }

  @Test
  void theNextOnesAreFoundByTheirIds() {
    old.make(20_000);
    DATABASE.await(DATABASE.pool().query("vacuum analyze profile").execute());
    long some = old.number("select min(id) from profile") + 10_000;

    assertPlan(FoldingRenewal.NEXT, some);
    assertPlan(
        FoldingRenewal.LOCK,
        LongStream.range(some, some + FoldingRenewal.AT_A_TIME).boxed().toArray(Long[]::new),
        Folding.VERSION);
  }

  private static void assertPlan(String sql, Object... values) {
    StringBuilder plan = new StringBuilder();
    DATABASE
        .await(
            DATABASE
                .pool()
                .preparedQuery(Database.PLANNED_EACH_TIME + "explain " + sql)
                .execute(Tuple.from(values)))
        .forEach(row -> plan.append(row.getString(0)).append('\n'));
    assertTrue(plan.toString().contains("profile_pkey"), plan::toString);
    assertFalse(plan.toString().contains("Seq Scan"), plan::toString);
  }

  private List<String> found(String text) {
    return profiles
        .lists()
        .list(
            new ProfileSearch(
                Optional.of(text),
                List.of(),
                Optional.empty(),
                ProfileFilter.ALL,
                Optional.empty(),
                50))
        .items()
        .stream()
        .map(Profile::name)
        .toList();
  }

  /// The names of those that are found by something else.
  private List<String> wrong() {
    return old.run("select name, search from profile").stream()
        .filter(row -> !row.getString(1).equals(Folding.fold(row.getString(0))))
        .map(row -> row.getString(0))
        .toList();
  }

  private List<String> versions() {
    return old.run("select id, version, updated_at from profile order by id").stream()
        .map(Row::deepToString)
        .toList();
  }

  private static Optional<Thread> thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst();
  }

  private static Profile.Content named(String name) {
    return Contents.of(
        Profile.Kind.PERSON, name, Optional.empty(), Optional.empty(), List.of(), Map.of());
  }
}
