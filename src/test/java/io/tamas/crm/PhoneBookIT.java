package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.crm.Profile.Kind;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.event.Event;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.web.Problem;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Groups and fields of the phone book, and what profiles have of them.
class PhoneBookIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(PhoneBookIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);

  private final Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
  private final ProfileGroups groups = new ProfileGroups(DATABASE);
  private final ProfileFields fields = new ProfileFields(DATABASE);
  private final Events events = new Events(DATABASE);

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    String all = "truncate profile, profile_group, profile_field cascade";
    DATABASE.await(DATABASE.pool().query(all).execute());
  }

  @Test
  void aGroupIsNamedOnceAndChangedByVersion() {
    ProfileGroup vip = group("مشتریان ویژه");
    assertEquals(Optional.of(vip), groups.find(vip.id()));
    assertEquals(
        new Change.Refused<>("another group has the name مشتریان ویژه"),
        groups.create("مشتریان ویژه"));
    ProfileGroup renamed = groups.rename(vip.id(), Optional.of(1L), "VIP").orRefuse("");
    assertEquals(new ProfileGroup(vip.id(), "VIP", 2), renamed);
    assertEquals(new Change.Stale<>(2), groups.rename(vip.id(), Optional.of(1L), "Gold"));
    assertEquals(
        new Change.Done<>(new ProfileGroup(vip.id(), "VIP", 3)),
        groups.rename(vip.id(), Optional.empty(), "VIP"));
    assertEquals(new Change.Stale<>(3), groups.delete(vip.id(), Optional.of(2L)));
    groups.delete(vip.id(), Optional.of(3L)).orRefuse("");
    assertEquals(new Change.Absent<>(), groups.delete(vip.id(), Optional.empty()));
    assertEquals(List.of(), groups.list());
  }

  @Test
  void aChangeOfTheBookIsPublished() {
    long before = DATABASE.await(events.range()).newest();
    ProfileGroup vip = group("VIP");
    ProfileField city = field("city", FieldType.TEXT, Optional.of(vip.id()));
    groups.delete(vip.id(), Optional.empty()).orRefuse("");
    List<Event> told = DATABASE.await(events.after(before, 10));
    assertEquals(
        List.of("profile-group:" + vip.id(), "profile-field:" + city.id()),
        told.stream().map(Event::subject).distinct().toList());
    assertEquals(3, told.stream().filter(e -> e.type() == Known.PHONE_BOOK_CHANGED).count());
    assertTrue(told.getLast().data().contains("DELETED"), told.getLast().data());
    assertEquals(List.of(), fields.list());
  }

  @Test
  void aProfileIsInSeveralGroupsUntilTheyAreDeleted() {
    ProfileGroup vip = group("VIP");
    ProfileGroup tehran = group("Tehran");
    List<Long> both = List.of(vip.id(), tehran.id());
    Profile sara = profiles.create(Contents.in(both, List.of(), named("Sara")));
    assertEquals(Optional.of(sara), profiles.find(sara.id()));
    assertEquals(both, sara.content().groups());

    groups.delete(vip.id(), Optional.empty()).orRefuse("");
    assertEquals(List.of(tehran.id()), found(sara).content().groups());
    Problem problem =
        assertThrows(
            Problem.class, () -> profiles.update(sara.id(), Optional.empty(), sara.content()));
    assertEquals("there is no profile group " + vip.id(), problem.faults().getFirst().detail());

    profiles.update(sara.id(), Optional.empty(), named("Sara")).orRefuse("");
    assertEquals(List.of(), found(sara).content().groups());
  }

  @Test
  void valuesAreReadAsTheyWereSettled() {
    ProfileGroup staff = group("Staff");
    ProfileField born = field("تولد", FieldType.DATE, Optional.empty());
    ProfileField hired = field("hired", FieldType.DATE, Optional.of(staff.id()));
    List<FieldValue> given = List.of(value(hired, "1405/01/01"), value(born, "1991-08-03"));

    Profile sara = profiles.create(Contents.in(List.of(staff.id()), given, named("Sara")));

    assertEquals(
        List.of(
            new FieldValue(born.id(), "1991-08-03", Optional.of(EntryCalendar.GREGORIAN)),
            new FieldValue(hired.id(), "2026-03-21", Optional.of(EntryCalendar.JALALI))),
        sara.content().values());
    assertEquals(Optional.of(sara), profiles.find(sara.id()));
    Profile again = profiles.update(sara.id(), Optional.of(1L), sara.content()).orRefuse("");
    assertEquals(sara.content(), again.content());
  }

  @Test
  void nobodySeesTheValuesOfADeletedField() {
    ProfileField city = field("city", FieldType.TEXT, Optional.empty());
    Profile sara =
        profiles.create(Contents.in(List.of(), List.of(value(city, "Shiraz")), named("Sara")));
    fields.delete(city.id(), Optional.empty()).orRefuse("");
    assertEquals(List.of(), found(sara).content().values());

    profiles.update(sara.id(), Optional.empty(), named("Sara")).orRefuse("");
    String left = "select count(*) from profile where field_values <> '[]'";
    assertEquals(
        0, DATABASE.await(DATABASE.pool().query(left).execute()).iterator().next().getLong(0));
  }

  @Test
  void aFieldWithValuesCanBecomeATextAndNothingElse() {
    ProfileField born = field("born", FieldType.DATE, Optional.empty());
    ProfileField.Content number = content("born", FieldType.NUMBER, Optional.empty());
    ProfileField.Content text = content("born", FieldType.TEXT, Optional.empty());
    profiles.create(Contents.in(List.of(), List.of(value(born, "1370-05-12")), named("Sara")));

    assertEquals(
        new Change.Refused<>(
            "profiles have values in the field: it can become a TEXT, and nothing else"),
        fields.update(born.id(), Optional.of(1L), number));
    fields.update(born.id(), Optional.of(1L), text).orRefuse("");
    assertEquals("1991-08-03", profile().content().values().getFirst().value());

    DATABASE.await(DATABASE.pool().query("truncate profile cascade").execute());
    fields.update(born.id(), Optional.of(2L), number).orRefuse("");
    assertEquals(FieldType.NUMBER, fields.find(born.id()).orElseThrow().content().type());
  }

  @Test
  void aFieldKeepsItsGroupAndIsNamedOnceInIt() {
    ProfileGroup vip = group("VIP");
    ProfileField city = field("city", FieldType.TEXT, Optional.empty());
    field("city", FieldType.TEXT, Optional.of(vip.id()));
    assertEquals(
        new Change.Refused<>("another field has the name city"),
        fields.create(content("city", FieldType.DATE, Optional.empty())));
    assertEquals(
        new Change.Refused<>("a field stays with its group: make another field"),
        fields.update(
            city.id(), Optional.empty(), content("city", FieldType.TEXT, Optional.of(vip.id()))));
    Problem problem =
        assertThrows(
            Problem.class,
            () -> fields.create(content("x", FieldType.TEXT, Optional.of(vip.id() + 100))));
    assertEquals("/group", problem.faults().getFirst().pointer());
  }

  @Test
  void groupsAndFieldsHaveABound() {
    String fill =
        """
        insert into profile_group (name) select 'g' || n from generate_series(1, 1000) n;
        insert into profile_field (name, type, several, choices)
        select 'f' || n, 'TEXT', false, '{}' from generate_series(1, 500) n
        """;
    DATABASE.await(DATABASE.pool().query(fill).execute());
    assertEquals(
        new Change.Refused<>("there are 1000 groups, and may not be more"),
        groups.create("one more"));
    assertEquals(
        new Change.Refused<>("there are 500 fields, and may not be more"),
        fields.create(content("one more", FieldType.TEXT, Optional.empty())));
  }

  @Test
  void aGroupOfManyProfilesIsDeleted() {
    ProfileGroup many = group("many");
    String fill =
        """
        with made as (
          insert into profile (kind, name, search, fields)
          select 'person', 'n', 'n', '{}' from generate_series(1, 10000) returning id
        )
        insert into profile_member (profile, group_id) select id, $1 from made
        """;
    DATABASE.await(DATABASE.pool().preparedQuery(fill).execute(Tuple.of(many.id())));
    groups.delete(many.id(), Optional.empty()).orRefuse("");
    String left = "select count(*) from profile_member";
    assertEquals(
        0, DATABASE.await(DATABASE.pool().query(left).execute()).iterator().next().getLong(0));
  }

  @Test
  void whoHasValuesInAFieldIsFoundByAnIndex() {
    DATABASE.await(
        DATABASE
            .pool()
            .query(
                """
                insert into profile (kind, name, search, fields, field_values)
                select 'person', 'n', 'n', '{}',
                  case when n = 5000 then '[{"field": 7, "value": "x"}]'::jsonb
                    when mod(n, 2) = 0 then '[{"field": 8, "value": "x"}]' else '[]' end
                from generate_series(1, 10000) n
                """)
            .execute());
    DATABASE.await(DATABASE.pool().query("vacuum analyze profile").execute());
    StringBuilder plan = new StringBuilder();
    DATABASE
        .await(
            DATABASE
                .pool()
                .preparedQuery(Database.PLANNED_EACH_TIME + "explain " + ProfileFields.HAS_VALUES)
                .execute(Tuple.of(ProfileFields.having(7))))
        .forEach(row -> plan.append(row.getString(0)).append('\n'));
    assertTrue(plan.toString().contains("profile_with_value"), plan::toString);
  }

  private Profile profile() {
    return profiles
        .lists()
        .list(
            new ProfileSearch(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                ProfileFilter.ALL,
                Optional.empty(),
                1))
        .items()
        .getFirst();
  }

  private Profile found(Profile one) {
    return profiles.find(one.id()).orElseThrow();
  }

  private ProfileGroup group(String name) {
    return groups.create(name).orRefuse("group");
  }

  private ProfileField field(String name, FieldType type, Optional<Long> group) {
    return fields.create(content(name, type, group)).orRefuse("field");
  }

  private static ProfileField.Content content(String name, FieldType type, Optional<Long> group) {
    return new ProfileField.Content(name, type, false, List.of(), group);
  }

  private static FieldValue value(ProfileField field, String text) {
    return new FieldValue(field.id(), text, Optional.empty());
  }

  private static Profile.Content named(String name) {
    return Contents.named(Kind.PERSON, name);
  }
}
