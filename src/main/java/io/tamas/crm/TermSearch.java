package io.tamas.crm;

import io.tamas.db.Database;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The first profiles that a term finds: those whose names begin with it, then those whose names
/// have its words, then those that have it in their organisation, an e-mail address or a number;
/// each by name.
///
/// Each way to find a profile gives its own first ones by an index, so that what many have costs no
/// more than what few have.
record TermSearch(SearchTerm term, ProfileFilter filter, int limit) {
  /// The most that are found.
  static final int MOST = 50;

  /// Behind all names that begin so.
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private static final String BEGINS = "p.search >= $%d and p.search < $%d";
  private static final String NAMED = "p.search like $%d";
  private static final String EMAIL = "p.emails_search like $%d";
  private static final String NUMBER = "p.id in (select profile from profile_number where %s)";

  private static final String OF_ORGANISATION =
      """
      p.organisation in (select p.id from profile p where p.kind = 'organisation' and %s)
      """;

  private static final String FOUND =
      """
      (select p.id, p.search, %d as rank from profile p where %s
       order by p.search, p.id limit %d)
      """;

  private static final String JOINED =
      """
      join (select id, min(rank) as rank from found group by id, search
            order by 2, search, id limit %d) f on f.id = p.id
      order by f.rank, p.search, p.id
      """;

  ProfileSearch.Statement statement() {
    Parameters parameters = new Parameters();
    int most = Math.min(limit, MOST);
    String begins = parameters.in(BEGINS, term.beginning(), term.beginning() + LAST_CHARACTER);
    Stream<String> ways =
        Stream.of(
            found(0, begins, parameters, most),
            found(1, named(parameters), parameters, most),
            found(2, OF_ORGANISATION.formatted(named(parameters)), parameters, most),
            found(2, parameters.in(EMAIL, term.email()), parameters, most));
    String found =
        Stream.concat(ways, number(parameters, most)).collect(Collectors.joining("union all\n"));
    return new ProfileSearch.Statement(
        Database.PLANNED_EACH_TIME
            + "with found as (\n"
            + found
            + ")\n"
            + ProfileSearch.ALL
            + JOINED.formatted(most),
        parameters.values());
  }

  private String named(Parameters parameters) {
    return term.words().stream()
        .map(words -> parameters.each(NAMED, "and", words))
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  private Stream<String> number(Parameters parameters, int most) {
    if (term.numbers().isEmpty()) {
      return Stream.empty();
    }
    String has = NUMBER.formatted(parameters.each("number like $%d", "or", term.numbers()));
    return Stream.of(found(2, has, parameters, most));
  }

  private String found(int rank, String condition, Parameters parameters, int most) {
    List<String> others = filter.conditions(parameters);
    String all =
        Stream.concat(Stream.of(condition), others.stream()).collect(Collectors.joining(" and "));
    return FOUND.formatted(rank, all, most);
  }
}
