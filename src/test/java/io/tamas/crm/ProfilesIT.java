package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.crm.Profile.Kind;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.event.Event;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Problem;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(ProfilesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private final Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
  private final Events events = new Events(DATABASE);
  private long before;

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    DATABASE.await(DATABASE.pool().query("truncate profile cascade").execute());
    Owners.add(DATABASE, "leila", "101");
    before = DATABASE.await(events.range()).newest();
  }

  @Test
  void profileIsReadAsItWasWrittenAndPublished() {
    Profile created = profiles.create(sara());

    assertEquals(Optional.of(created), profiles.find(created.id()));
    assertEquals(1, created.version());
    assertEquals(sara().numbers(), created.numbers());
    Event event = onlyEvent();
    assertEquals(Known.PROFILE_CREATED, event.type());
    assertEquals("profile:" + created.id(), event.subject());
    assertTrue(event.data().contains("\"+989121234567\""), event.data());
  }

  @Test
  void ownerOfAnEarlierVersionIsTheUserWithThatExtension() {
    Profile old = profiles.create(named("Old"));
    Profile owned = profiles.create(sara());
    DATABASE.await(
        DATABASE
            .pool()
            .preparedQuery("update profile set owner = '101' where id = $1")
            .execute(Tuple.of(old.id())));
    assertEquals(Optional.of("leila"), owner(old));
    assertEquals(Optional.of("101"), extension(old));
    assertEquals(Optional.of("101"), extension(owned));

    profiles.update(old.id(), Optional.empty(), named("Old"));
    assertEquals(Optional.empty(), owner(old));
    DATABASE.await(DATABASE.pool().query("delete from user_account").execute());
    assertEquals(Optional.empty(), owner(owned));
    assertEquals(Optional.empty(), extension(owned));
  }

  private Optional<String> owner(Profile profile) {
    return profiles.find(profile.id()).orElseThrow().content().owner();
  }

  private static Optional<String> extension(Profile profile) {
    return DATABASE
        .await(new ProfileOwners(DATABASE).of(profile.id()))
        .extension()
        .map(number -> number.digits());
  }

  @Test
  void aNameOfBeforeIsReadAsItCanBeSeen() {
    Profile.Content content =
        Contents.of(
            Kind.PERSON,
            "\u202eعلی\u200cرضا\u2069",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of());
    long id = profiles.create(content).id();
    assertEquals("علی\u200cرضا", profiles.find(id).orElseThrow().name());
  }

  @Test
  void aProfileOfBeforeHasItsNumbersByTheirLabels() {
    DATABASE.await(
        DATABASE
            .pool()
            .query(
                """
                with made as (
                  insert into profile (kind, name, search, fields)
                  values ('person', 'Ali', 'ali', '{"city": "Shiraz"}') returning id
                )
                insert into profile_number (profile, position, number, label, priority)
                select made.id, n.position, n.number, n.label, 3 from made,
                  (values (1, '+989121234567', 'موبایل'), (2, '+982191001000', 'office'),
                          (3, '+982191001001', '')) as n (position, number, label)
                """)
            .execute());

    Profile ali = profiles.lists().list(search().build()).items().getFirst();

    assertEquals(
        List.of(
            new Profile.Number(
                new PhoneNumber("+989121234567"), NumberType.MOBILE, "موبایل", true, 3),
            new Profile.Number(
                new PhoneNumber("+982191001000"), NumberType.WORK, "office", false, 3),
            new Profile.Number(new PhoneNumber("+982191001001"), NumberType.OTHER, "", false, 3)),
        ali.numbers());
    assertEquals(List.of(), ali.content().emails());
    assertEquals(Map.of("city", "Shiraz"), ali.content().fields());
    assertEquals(
        ali.content(), done(profiles.update(ali.id(), Optional.of(1L), ali.content())).content());
  }

  @Test
  void aPersonBelongsToAnOrganisationWhileThereIsOne() {
    Profile acme = profiles.create(Contents.named(Kind.ORGANISATION, "Acme"));
    Profile sara = profiles.create(Contents.in(acme.id(), sara()));
    assertEquals(Optional.of("Acme"), sara.organisationName());
    assertEquals(Optional.of(sara), profiles.find(sara.id()));

    Profile.Content renamed = Contents.named(Kind.ORGANISATION, "Acme Ltd");
    done(profiles.update(acme.id(), Optional.empty(), renamed));
    assertEquals(
        Optional.of("Acme Ltd"), profiles.find(sara.id()).flatMap(Profile::organisationName));
    assertEquals(
        new Change.Refused<>("an organisation to which persons belong cannot become a person"),
        profiles.update(acme.id(), Optional.empty(), Contents.named(Kind.PERSON, "Acme")));

    done(profiles.delete(acme.id(), Optional.empty()));
    Profile left = profiles.find(sara.id()).orElseThrow();
    assertEquals(Optional.empty(), left.content().organisation());
    assertEquals(Optional.empty(), left.organisationName());
  }

  @Test
  void nobodyBelongsToAPersonOrToNothing() {
    Profile ali = profiles.create(named("Ali"));
    for (long wrong : List.of(ali.id(), ali.id() + 1_000)) {
      Problem problem =
          assertThrows(Problem.class, () -> profiles.create(Contents.in(wrong, named("Somebody"))));
      assertEquals("/organisation", problem.faults().getFirst().pointer());
    }
    assertEquals(1, profiles.lists().list(search().build()).items().size());
  }

  @Test
  void emailsAndAddressAreReadAsTheyWereWritten() {
    Profile.Content content =
        new Profile.Content(
            Kind.PERSON,
            "Sara",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of("Sara@Example.ir", "s@example.ir"),
            Optional.of("خیابان زند\n۱۲"),
            List.of(),
            Map.of(),
            List.of());
    Profile created = profiles.create(content);
    assertEquals(Optional.of(created), profiles.find(created.id()));
    assertEquals(content, created.content());
  }

  @Test
  void updateReplacesAndPublishesTheRemovedNumbers() {
    Profile created = profiles.create(sara());
    before = onlyEvent().id();
    Profile.Content changed =
        Contents.of(
            Kind.ORGANISATION,
            "Sara Ltd",
            Optional.empty(),
            Optional.empty(),
            List.of(number("+989120000001", "office", 0)),
            Map.of());

    Profile updated = done(profiles.update(created.id(), Optional.of(1L), changed));

    assertEquals(2, updated.version());
    assertEquals(Optional.of(updated), profiles.find(created.id()));
    Event event = onlyEvent();
    assertEquals(Known.PROFILE_UPDATED, event.type());
    assertTrue(event.data().contains("Sara Ltd"), event.data());
    assertTrue(
        event.data().contains("\"removedNumbers\": [\"+989121234567\", \"+982191001000\"]"),
        event.data());
  }

  @Test
  void changeFromAnOldVersionIsRefusedAndPublishesNothing() {
    Profile created = profiles.create(sara());
    done(profiles.update(created.id(), Optional.empty(), sara()));
    before = DATABASE.await(events.range()).newest();

    assertEquals(new Change.Stale<>(2), profiles.update(created.id(), Optional.of(1L), sara()));
    assertEquals(new Change.Stale<>(2), profiles.delete(created.id(), Optional.of(1L)));
    assertEquals(List.of(), DATABASE.await(events.after(before, 10)));
  }

  @Test
  void deletedProfileIsAbsent() {
    Profile created = profiles.create(sara());
    before = onlyEvent().id();

    done(profiles.delete(created.id(), Optional.of(1L)));

    assertEquals(Optional.empty(), profiles.find(created.id()));
    assertEquals(new Change.Absent<>(), profiles.delete(created.id(), Optional.empty()));
    assertEquals(new Change.Absent<>(), profiles.update(created.id(), Optional.empty(), sara()));
    Event event = onlyEvent();
    assertEquals(Known.PROFILE_DELETED, event.type());
    assertTrue(event.data().contains("+982191001000"), event.data());
  }

  @ParameterizedTest
  @CsvSource({
    "sara, Sara Ahmadi",
    "AHMAD, Sara Ahmadi",
    "کريم, علی کریمی",
    "9121234, Sara Ahmadi",
    "0098 21, Sara Ahmadi",
    "100%, 100% Cotton",
    "خانه, خانۀ ما",
    "خانۀ م, خانۀ ما",
    "ﻱ ك, علی کریمی",
  })
  void searchFindsPartsOfNamesAndNumbersInAnyWriting(String text, String found) {
    profiles.create(sara());
    profiles.create(named("علی کریمی"));
    profiles.create(named("100% Cotton"));
    profiles.create(named("1000 Cotton"));
    profiles.create(named("خانۀ ما"));

    assertEquals(List.of(found), names(profiles.lists().list(search().text(text).build())));
  }

  @Test
  void searchByNumberAndCategoryIsExact() {
    profiles.create(sara());
    profiles.create(named("Somebody"));

    assertEquals(
        List.of("Sara Ahmadi"),
        names(
            profiles.lists().list(search().number("+989121234567").category("customer").build())));
    assertEquals(List.of(), names(profiles.lists().list(search().category("custom").build())));
    profiles.create(named("خانۀ ما"));
    assertEquals(
        List.of(),
        names(profiles.lists().list(search().text("خانۀ").category("customer").build())));
    assertEquals(List.of(), names(profiles.lists().list(search().number("+98912123456").build())));
  }

  @Test
  void pagesHaveEveryProfileOnceAlsoWithEqualNames() {
    for (int i = 0; i < 23; i++) {
      profiles.create(named(i % 3 == 0 ? "Same" : "Name " + i));
    }

    List<Long> seen = new ArrayList<>();
    Optional<ProfileCursor> cursor = Optional.empty();
    int pages = 0;
    do {
      ProfileLists.Page page =
          profiles
              .lists()
              .list(
                  new ProfileSearch(
                      Optional.empty(), List.of(), Optional.empty(), ProfileFilter.ALL, cursor, 5));
      page.items().forEach(profile -> seen.add(profile.id()));
      cursor = page.next();
      pages++;
    } while (cursor.isPresent());

    assertEquals(5, pages);
    assertEquals(23, seen.size());
    assertEquals(23, seen.stream().distinct().count());
  }

  @Test
  void lastContactIsKeptAndNeverGoesBack() {
    long id = profiles.create(sara()).id();
    Instant late = Instant.parse("2025-05-01T10:00:00Z");

    for (Instant at : List.of(late, late.minusSeconds(60))) {
      DATABASE.inTransaction(tx -> {
        tx.await(LastContacts.store(tx.connection(), Map.of(id, at)));
        return id;
      });
    }

    Row row =
        DATABASE
            .await(DATABASE.pool().query("select last_contact from profile").execute())
            .iterator()
            .next();
    assertEquals(late, row.getOffsetDateTime(0).toInstant());
  }

  @Test
  void everySearchUsesAnIndex() {
    fill(20_000);

    assertPlan("profile_by_part_of_name", search().text("نام ۱۲۳۴۵").build());
    assertPlan("profile_number_by_part", search().text("+98912001234").build());
    assertPlan("profile_by_part_of_name", inTwoForms("خانۀ ۱۲۳۴۵"));
    assertPlan("profile_number_by_part", inTwoForms("+98–912–001234"));
    assertPlan("profile_number_exact", search().number("+989120012345").build());
    assertPlan("profile_in_order", search().build());
    assertPlan("profile_in_category", search().category("c7").build());
    assertPlan(
        "profile_in_order",
        new ProfileSearch(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            ProfileFilter.ALL,
            Optional.of(new ProfileCursor("نام 15000", 1)),
            50));
    assertTrue(
        plan(CallerLookup.QUERY, "+989120012345", "+989120012345")
            .contains("profile_number_exact"));
  }

  /// A search for what an earlier version of the folding folded otherwise.
  private static ProfileSearch inTwoForms(String text) {
    ProfileSearch search = search().text(text).build();
    assertTrue(search.statement().sql().contains(" or p.search like"), text);
    return search;
  }

  private static void fill(int count) {
    DATABASE.await(
        DATABASE
            .pool()
            .query(
                """
                with made as (
                  insert into profile (kind, name, search, category, fields)
                  select 'person', 'نام ' || n, 'نام ' || n, 'c' || mod(n, 100), '{}'
                  from generate_series(1, %d) n
                  returning id, substr(name, 5)::integer as n
                )
                insert into profile_number (profile, position, number, label, priority)
                select id, 1, '+98912' || to_char(n, 'FM0000000'), '', 0 from made
                """
                    .formatted(count))
            .execute());
    DATABASE.await(DATABASE.pool().query("vacuum analyze profile, profile_number").execute());
  }

  private static void assertPlan(String index, ProfileSearch search) {
    ProfileSearch.Statement statement = search.statement();
    String plan = plan(statement.sql(), statement.values().toArray());
    assertTrue(plan.contains(index), plan);
    // few fields are read as they come
    assertFalse(plan.replace("Seq Scan on profile_field", "").contains("Seq Scan"), plan);
  }

  private static String plan(String sql, Object... values) {
    StringBuilder plan = new StringBuilder();
    DATABASE
        .await(
            DATABASE
                .pool()
                .preparedQuery(Database.PLANNED_EACH_TIME + "explain " + sql)
                .execute(Tuple.from(values)))
        .forEach(row -> plan.append(row.getString(0)).append('\n'));
    return plan.toString();
  }

  private Event onlyEvent() {
    List<Event> told = DATABASE.await(events.after(before, 10));
    assertEquals(1, told.size());
    return told.getFirst();
  }

  private static Profile done(Change<Profile> change) {
    return change.orRefuse("the profile");
  }

  private static List<String> names(ProfileLists.Page page) {
    return page.items().stream().map(Profile::name).toList();
  }

  private static Profile.Content sara() {
    return Contents.of(
        Kind.PERSON,
        "Sara Ahmadi",
        Optional.of("customer"),
        Optional.of("leila"),
        List.of(number("+989121234567", "mobile", 1), number("+982191001000", "", 0)),
        Map.of("city", "Tehran", "note", "ساعت ۵"));
  }

  private static Profile.Content named(String name) {
    return Contents.of(Kind.PERSON, name, Optional.empty(), Optional.empty(), List.of(), Map.of());
  }

  private static Profile.Number number(String e164, String label, int priority) {
    return Contents.number(new PhoneNumber(e164), label, priority);
  }

  private static Search search() {
    return new Search(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private record Search(
      Optional<String> text, Optional<PhoneNumber> number, Optional<String> category) {
    Search text(String wanted) {
      return new Search(Optional.of(wanted), number, category);
    }

    Search number(String e164) {
      return new Search(text, Optional.of(new PhoneNumber(e164)), category);
    }

    Search category(String wanted) {
      return new Search(text, number, Optional.of(wanted));
    }

    ProfileSearch build() {
      List<String> parts = text.map(new WrittenNumbers(List.of())::parts).orElse(List.of());
      ProfileFilter filter =
          new ProfileFilter(category, Optional.empty(), Optional.empty(), Optional.empty());
      return new ProfileSearch(text, parts, number, filter, Optional.empty(), 50);
    }
  }
}
