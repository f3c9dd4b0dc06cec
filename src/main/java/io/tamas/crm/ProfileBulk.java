package io.tamas.crm;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hundreds of profiles in a few statements, in a transaction of the caller, who answers for their
/// rules and publishes what has changed. Profiles are looked up by plans for the phone book of that
/// moment: an import makes an empty one large.
public final class ProfileBulk {
  private static final String WITH_NUMBERS =
      Database.PLANNED_EACH_TIME
          + "select number, profile from profile_number where number = any($1) order by profile";

  /// For each address its own search, which an index of parts serves.
  private static final String WITH_EMAILS =
      Database.PLANNED_EACH_TIME
          + """
          select w.email, p.id
          from unnest($1::text[], $2::text[]) as w (email, pattern)
          cross join lateral (
            select id from profile
            where emails_search like w.pattern
              and w.email = any(string_to_array(emails_search, E'\\n'))
            offset 0
          ) p
          order by p.id
          """;

  /// For each name its own search, which an index serves, however large the phone book has become.
  private static final String NAMED_WITH_EMAILS =
      Database.PLANNED_EACH_TIME
          + """
          select w.name || E'\\n' || w.email, p.id
          from unnest($1::text[], $2::text[]) as w (name, email)
          cross join lateral (
            select id from profile
            where search = w.name and w.email = any(string_to_array(emails_search, E'\\n'))
            offset 0
          ) p
          order by p.id
          """;

  private static final String NAMED_ONLY =
      Database.PLANNED_EACH_TIME
          + """
          select p.search, p.id from profile p
          where p.search = any($1) and p.emails_search is null
            and not exists (select from profile_number n where n.profile = p.id)
          order by p.id
          """;

  private static final String ORGANISATIONS =
      Database.PLANNED_EACH_TIME
          + "select search, id from profile where search = any($1) and kind = 'organisation'"
          + " order by id";

  private static final String LOCK =
      "select from profile where id = any($1) order by id for update";

  private static final String BY_IDS = ProfileSearch.ALL + "where p.id = any($1) order by p.id";

  private static final String NEXT_IDS =
      """
      with ids as materialized (select pg_get_serial_sequence('profile', 'id')::regclass as sequence)
      select nextval(ids.sequence) as id from ids, generate_series(1, $1)
      """;

  private static final String INSERT =
      """
      insert into profile (id, kind, name, search, folding, category, owner_account, fields,
                           organisation, emails, emails_search, address, field_values)
      overriding system value
      select n.id, n.kind, n.name, n.search, $2, n.category,
             (select id from user_account where name = n.owner), n.fields::jsonb,
             n.organisation, coalesce(string_to_array(n.emails, E'\\n'), '{}'), n.emails_search,
             n.address, n.field_values::jsonb
      from unnest($1::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                  $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[])
        as n (id, kind, name, search, category, owner, fields, organisation, emails, emails_search,
              address, field_values)
      """;

  private static final String UPDATE =
      """
      update profile p
      set kind = n.kind, name = n.name, search = n.search, folding = $2, category = n.category,
          owner = null, owner_account = (select id from user_account where name = n.owner), fields = n.fields::jsonb, organisation = n.organisation,
          emails = coalesce(string_to_array(n.emails, E'\\n'), '{}'),
          emails_search = n.emails_search, address = n.address,
          field_values = n.field_values::jsonb, version = version + 1, updated_at = now()
      from unnest($1::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                  $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[])
        as n (id, kind, name, search, category, owner, fields, organisation, emails, emails_search,
              address, field_values)
      where p.id = n.id
      """;

  /// Another profile may then be made for the number.
  private static final String MADE_FOR =
      """
      update profile p set made_for = null
      where p.id = any($1) and p.made_for is not null
        and not exists (select from profile_number n
                        where n.profile = p.id and n.number = p.made_for)
      """;

  private static final String DELETE_NUMBERS = "delete from profile_number where profile = any($1)";

  private static final String INSERT_NUMBERS =
      """
      insert into profile_number (profile, position, number, label, priority, type, main)
      select * from unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::integer[],
                           $6::text[], $7::boolean[])
      """;

  private static final String DELETE_MEMBERS = "delete from profile_member where profile = any($1)";

  private static final String INSERT_MEMBERS =
      """
      insert into profile_member (profile, group_id)
      select * from unnest($1::bigint[], $2::bigint[])
      """;

  private static final String FIELDS =
      "select id, name, type, several, choices, group_id, version from profile_field"
          + " order by id for share";

  private static final String GROUPS =
      "select id, name, version from profile_group order by id for share";

  private static final String USERS = "select name from user_account";

  private final Transaction tx;

  public ProfileBulk(Transaction tx) {
    this.tx = tx;
  }

  /// All fields; they stay as they are until the end of the transaction.
  public List<ProfileField> fields() {
    return tx.execute(FIELDS, Tuple.tuple()).stream().map(ProfileFields::field).toList();
  }

  /// All groups; they stay as they are until the end of the transaction.
  public List<ProfileGroup> groups() {
    return tx.execute(GROUPS, Tuple.tuple()).stream().map(ProfileGroups::group).toList();
  }

  /// The names of all users, who may be owners.
  public Set<String> users() {
    return tx.execute(USERS, Tuple.tuple()).stream()
        .map(row -> row.getString("name"))
        .collect(toCollection(TreeSet::new));
  }

  /// The profiles that have a number of the line, by the line.
  public Map<PhoneNumber, Set<Long>> withNumbers(Collection<PhoneNumber> lines) {
    String[] forms =
        lines.stream()
            .flatMap(line -> line.sameLine().stream())
            .map(PhoneNumber::e164)
            .distinct()
            .toArray(String[]::new);
    return forms.length == 0
        ? Map.of()
        : found(
            WITH_NUMBERS,
            Tuple.tuple().addArrayOfString(forms),
            text -> new PhoneNumber(text).line());
  }

  /// The profiles that have an e-mail address, by that in small letters.
  public Map<String, Set<Long>> withEmails(Collection<String> emails) {
    String[] small =
        emails.stream().map(one -> one.toLowerCase(Locale.ROOT)).distinct().toArray(String[]::new);
    return small.length == 0
        ? Map.of()
        : found(
            WITH_EMAILS,
            Tuple.tuple()
                .addArrayOfString(small)
                .addArrayOfString(
                    Stream.of(small).map(LikePattern::containing).toArray(String[]::new)),
            Function.identity());
  }

  /// A name as it is folded, and an e-mail address in small letters.
  public record NameAndEmail(String name, String email) {}

  /// The profiles that have both.
  public Map<NameAndEmail, Set<Long>> namedWithEmails(Collection<NameAndEmail> wanted) {
    return wanted.isEmpty()
        ? Map.of()
        : found(
            NAMED_WITH_EMAILS,
            Tuple.tuple()
                .addArrayOfString(wanted.stream().map(NameAndEmail::name).toArray(String[]::new))
                .addArrayOfString(wanted.stream().map(NameAndEmail::email).toArray(String[]::new)),
            text -> {
              int end = text.indexOf('\n');
              return new NameAndEmail(text.substring(0, end), text.substring(end + 1));
            });
  }

  /// The profiles that have a name and neither number nor e-mail address, by the name as it is
  /// folded.
  public Map<String, Set<Long>> namedOnly(Collection<String> folded) {
    return named(NAMED_ONLY, folded);
  }

  /// The organisations with a name, by that as it is folded.
  public Map<String, Set<Long>> organisations(Collection<String> folded) {
    return named(ORGANISATIONS, folded);
  }

  private Map<String, Set<Long>> named(String sql, Collection<String> folded) {
    return folded.isEmpty()
        ? Map.of()
        : found(
            sql,
            Tuple.tuple().addArrayOfString(folded.toArray(String[]::new)),
            Function.identity());
  }

  private <K> Map<K, Set<Long>> found(String sql, Tuple values, Function<String, K> key) {
    return tx.execute(sql, values).stream()
        .collect(
            groupingBy(
                row -> key.apply(row.getString(0)),
                mapping(row -> row.getLong(1), toCollection(TreeSet::new))));
  }

  /// Those that exist, by id; they stay as they are until the end of the transaction.
  public Map<Long, Profile> lock(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    tx.execute(LOCK, ids(ids));
    return read(ids);
  }

  /// Those that exist, by id.
  public Map<Long, Profile> read(Collection<Long> ids) {
    Map<Long, Profile> read = new HashMap<>();
    if (!ids.isEmpty()) {
      for (Row row : tx.execute(BY_IDS, ids(ids))) {
        Profile profile = ProfileRows.profile(row);
        read.put(profile.id(), profile);
      }
    }
    return read;
  }

  /// Stores new profiles, each of version 1; their ids, in the same order.
  public List<Long> insert(List<Profile.Content> contents) {
    if (contents.isEmpty()) {
      return List.of();
    }
    List<Long> ids =
        tx.execute(NEXT_IDS, Tuple.of(contents.size())).stream()
            .map(row -> row.getLong("id"))
            .toList();
    Map<Long, Profile.Content> all = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      all.put(ids.get(i), contents.get(i));
    }
    tx.execute(INSERT, columns(all));
    insertParts(all);
    return ids;
  }

  /// Replaces the contents of profiles that are locked; their versions grow by one.
  public void update(Map<Long, Profile.Content> contents) {
    if (contents.isEmpty()) {
      return;
    }
    tx.execute(UPDATE, columns(contents));
    tx.execute(DELETE_NUMBERS, ids(contents.keySet()));
    tx.execute(DELETE_MEMBERS, ids(contents.keySet()));
    insertParts(contents);
    tx.execute(MADE_FOR, ids(contents.keySet()));
  }

  private void insertParts(Map<Long, Profile.Content> contents) {
    List<Long> profiles = new ArrayList<>();
    List<Short> positions = new ArrayList<>();
    List<Profile.Number> numbers = new ArrayList<>();
    contents.forEach((id, content) -> {
      for (int i = 0; i < content.numbers().size(); i++) {
        profiles.add(id);
        positions.add((short) (i + 1));
        numbers.add(content.numbers().get(i));
      }
    });
    if (!numbers.isEmpty()) {
      Stream<Profile.Number> all = numbers.stream();
      tx.execute(
          INSERT_NUMBERS,
          ids(profiles)
              .addArrayOfShort(positions.toArray(Short[]::new))
              .addArrayOfString(ProfileRows.texts(numbers))
              .addArrayOfString(all.map(Profile.Number::label).toArray(String[]::new))
              .addArrayOfInteger(
                  numbers.stream().map(Profile.Number::priority).toArray(Integer[]::new))
              .addArrayOfString(
                  numbers.stream().map(number -> number.type().name()).toArray(String[]::new))
              .addArrayOfBoolean(
                  numbers.stream().map(Profile.Number::main).toArray(Boolean[]::new)));
    }
    List<Long> members = new ArrayList<>();
    List<Long> groups = new ArrayList<>();
    contents.forEach((id, content) ->
        content
            .groups()
            .forEach(group -> {
              members.add(id);
              groups.add(group);
            }));
    if (!members.isEmpty()) {
      tx.execute(INSERT_MEMBERS, ids(members).addArrayOfLong(groups.toArray(Long[]::new)));
    }
  }

  private static Tuple ids(Collection<Long> ids) {
    return Tuple.tuple().addArrayOfLong(ids.toArray(Long[]::new));
  }

  private static Tuple columns(Map<Long, Profile.Content> contents) {
    List<Profile.Content> all = List.copyOf(contents.values());
    return ids(contents.keySet())
        .addInteger(Folding.VERSION)
        .addArrayOfString(texts(all, content -> ProfileRows.text(content.kind())))
        .addArrayOfString(texts(all, Profile.Content::name))
        .addArrayOfString(texts(all, content -> Folding.fold(content.name())))
        .addArrayOfString(texts(all, content -> content.category().orElse(null)))
        .addArrayOfString(texts(all, content -> content.owner().orElse(null)))
        .addArrayOfString(texts(all, content -> Json.write(content.fields())))
        .addArrayOfLong(
            all.stream().map(content -> content.organisation().orElse(null)).toArray(Long[]::new))
        .addArrayOfString(
            texts(
                all,
                content -> content.emails().isEmpty() ? null : String.join("\n", content.emails())))
        .addArrayOfString(texts(all, content -> ProfileRows.emailsSearch(content.emails())))
        .addArrayOfString(texts(all, content -> content.address().orElse(null)))
        .addArrayOfString(texts(all, content -> Json.write(content.values())));
  }

  private static String[] texts(
      List<Profile.Content> contents, Function<Profile.Content, @Nullable String> text) {
    String[] texts = new String[contents.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text.apply(contents.get(i));
    }
    return texts;
  }
}
