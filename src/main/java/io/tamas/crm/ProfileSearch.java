package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which profiles are wanted, all conditions together; in the order of name and id.
///
/// @param text part of the name
/// @param numbers parts of a number, beside the text
/// @param after the last profile of the page before
public record ProfileSearch(
    Optional<String> text,
    List<String> numbers,
    Optional<PhoneNumber> number,
    ProfileFilter filter,
    Optional<ProfileCursor> after,
    int limit) {

  static final String ALL =
      """
      select p.id, p.kind, p.name, p.category, p.fields::text as fields, p.version,
             case
               when p.owner_account is not null then (
                 select u.name from user_account u where u.id = p.owner_account)
               when p.owner is not null then (
                 select u.name from user_account u where u.extension = p.owner order by u.id limit 1)
             end as owner,
             p.created_at, p.updated_at, p.search, p.emails, p.address,
             o.id as organisation, o.name as organisation_name,
             (select coalesce(json_agg(json_build_object(
                        'number', n.number, 'type', n.type, 'label', n.label, 'main', n.main,
                        'priority', n.priority)
                        order by n.position), '[]')
              from profile_number n where n.profile = p.id)::text as numbers,
             (select coalesce(array_agg(m.group_id order by m.group_id), '{}')
              from profile_member m where m.profile = p.id) as groups,
             case when p.field_values = '[]' then '[]' else (
               select coalesce(json_agg(v.value order by v.position), '[]')
               from jsonb_array_elements(p.field_values) with ordinality as v (value, position)
               join profile_field f on f.id = (v.value ->> 'field')::bigint
               where f.group_id is null
                 or f.group_id in (select group_id from profile_member where profile = p.id)
             )::text end as field_values
      from profile p
      left join profile o on o.id = p.organisation and o.kind = 'organisation'
      """;

  private static final String NAMED = "p.search like $%d";
  private static final String NAMED_OR_NUMBER =
      """
      p.id in (select p.id from profile p where %s
               union all
               select profile from profile_number where %s)
      """;
  private static final String NUMBER =
      "p.id in (select profile from profile_number where number in ($%d, $%d))";
  private static final String AFTER = "(p.search, p.id) > ($%d, $%d)";
  private static final String ORDER = " order by p.search, p.id limit $%d";

  /// The statement, and its parameters in order; texts of the caller are only ever parameters.
  record Statement(String sql, List<Object> values) {}

  /// One row more than the limit is asked for, which says whether there is a next page.
  Statement statement() {
    Parameters parameters = new Parameters();
    List<String> conditions = new ArrayList<>();
    text.ifPresent(wanted -> conditions.add(text(wanted, parameters)));
    number.ifPresent(wanted ->
        conditions.add(parameters.in(NUMBER, wanted.e164(), wanted.sameLine().getLast().e164())));
    conditions.addAll(filter.conditions(parameters));
    after.ifPresent(last -> conditions.add(parameters.in(AFTER, last.search(), last.id())));
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    String order = parameters.in(ORDER, limit + 1);
    return new Statement(Database.PLANNED_EACH_TIME + ALL + where + order, parameters.values());
  }

  /// The name is asked for in each form that it may have: one, but for texts that an earlier
  /// version folded otherwise.
  private String text(String wanted, Parameters parameters) {
    String named = parameters.each(NAMED, "or", patterns(Folding.forms(wanted)));
    return numbers.isEmpty()
        ? named
        : NAMED_OR_NUMBER.formatted(
            named, parameters.each("number like $%d", "or", patterns(numbers)));
  }

  private static List<String> patterns(List<String> parts) {
    return parts.stream().map(LikePattern::containing).toList();
  }
}
