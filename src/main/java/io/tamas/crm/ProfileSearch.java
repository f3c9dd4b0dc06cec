package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which profiles are wanted, all conditions together; in the order of name and id.
///
/// @param text part of the name
/// @param numbers parts of a number, beside the text
/// @param after the last profile of the page before
public record ProfileSearch(
    Optional<String> text,
    List<String> numbers,
    Optional<PhoneNumber> number,
    Optional<String> category,
    Optional<ProfileCursor> after,
    int limit) {

  static final String ALL =
      """
      select p.id, p.kind, p.name, p.category, p.owner, p.fields::text as fields, p.version,
             p.created_at, p.updated_at, p.search, p.emails, p.address,
             o.id as organisation, o.name as organisation_name,
             (select coalesce(json_agg(json_build_object(
                        'number', n.number, 'type', n.type, 'label', n.label, 'main', n.main,
                        'priority', n.priority)
                        order by n.position), '[]')
              from profile_number n where n.profile = p.id)::text as numbers,
             (select coalesce(array_agg(m.group_id order by m.group_id), '{}')
              from profile_member m where m.profile = p.id) as groups,
             case when p.field_values = '{}' then '[]' else (
               select coalesce(json_agg(json_build_object(
                        'field', f.id, 'value', v.of ->> 'value', 'calendar', v.of ->> 'calendar')
                        order by f.id, v.position), '[]')
               from profile_field f
               cross join jsonb_array_elements(p.field_values -> f.id::text)
                 with ordinality as v (of, position)
               where f.group_id is null
                 or f.group_id in (select group_id from profile_member where profile = p.id)
             )::text end as field_values
      from profile p
      left join profile o on o.id = p.organisation and o.kind = 'organisation'
      """;

  private static final String NAME = "(%s)";
  private static final String NAME_OR_NUMBER =
      """
      p.id in (select p.id from profile p where %s
               union all
               select profile from profile_number where %s)
      """;
  private static final String NUMBER =
      "p.id in (select profile from profile_number where number in ($%d, $%d))";
  private static final String CATEGORY = "p.category = $%d";
  private static final String AFTER = "(p.search, p.id) > ($%d, $%d)";
  private static final String ORDER = " order by p.search, p.id limit $%d";

  /// The statement, and its parameters in order; texts of the caller are only ever parameters.
  record Statement(String sql, List<Object> values) {}

  /// One row more than the limit is asked for, which says whether there is a next page.
  Statement statement() {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    text.ifPresent(wanted -> text(wanted, conditions, values));
    number.ifPresent(wanted ->
        add(NUMBER, conditions, values, wanted.e164(), wanted.sameLine().getLast().e164()));
    category.ifPresent(wanted -> add(CATEGORY, conditions, values, wanted));
    after.ifPresent(last -> add(AFTER, conditions, values, last.search(), last.id()));
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    values.add(limit + 1);
    return new Statement(
        Database.PLANNED_EACH_TIME + ALL + where + ORDER.formatted(values.size()),
        List.copyOf(values));
  }

  /// The name is asked for in each form that it may have: one, but for texts that an earlier
  /// version folded otherwise.
  private void text(String wanted, List<String> conditions, List<Object> values) {
    List<String> forms = Folding.forms(wanted);
    List<String> patterns =
        Stream.concat(forms.stream(), numbers.stream()).map(LikePattern::containing).toList();
    String named = any("p.search like $%d", forms.size());
    String condition =
        numbers.isEmpty()
            ? NAME.formatted(named)
            : NAME_OR_NUMBER.formatted(named, any("number like $%d", numbers.size()));
    add(condition, conditions, values, patterns.toArray());
  }

  private static String any(String condition, int count) {
    return String.join(" or ", Collections.nCopies(count, condition));
  }

  private static void add(
      String condition, List<String> conditions, List<Object> values, Object... parameters) {
    Object[] positions = new Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      values.add(parameters[i]);
      positions[i] = values.size();
    }
    conditions.add(condition.formatted(positions));
  }
}
