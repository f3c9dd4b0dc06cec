package io.tamas.crm;

import io.tamas.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The profiles that a term finds: those whose names begin with it, then those whose names have its
/// words, then those that have it in their organisation, an e-mail address or a number; each by
/// name.
///
/// The first in order of names that begin so are read from an index. Each other way to find gives
/// [#CANDIDATES] at most, whichever come first: what more profiles have is not sorted, since nobody
/// looks through it and it would take longer the more there are.
public record TermSearch(SearchTerm term, ProfileFilter filter, int limit) {
  /// The most that are found.
  static final int MOST = 50;

  static final int CANDIDATES = 500;

  /// Organisations whose persons are found.
  private static final int ORGANISATIONS = 50;

  /// Behind all names that begin so.
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private static final String BEGINS =
      """
      (select p.id, p.search, 0 as rank from profile p
       where %s and %s order by p.search, p.id limit %d)
      """;

  private static final String RANGE = "p.search >= $%d and p.search < $%d";

  private static final String OTHERWISE =
      """
      (select p.id, p.search, %d from %s where %s and %s limit %d)
      """;

  private static final String NAMED = "p.search like $%d";
  private static final String EMAIL = "p.emails_search like $%d";
  private static final String NUMBER = "n.number like $%d";
  private static final String NUMBERS = "n.number >= $%d and n.number < $%d";
  private static final String PROFILES = "profile p";

  private static final String PERSONS =
      """
      (select p.id from profile p where p.kind = 'organisation' and %s limit %d) o
      join profile p on p.organisation = o.id
      """;

  private static final String NUMBERED = "profile_number n join profile p on p.id = n.profile";

  private static final String JOINED =
      """
      join (select id, min(rank) as rank, search from found group by id, search
            order by 2, search, id limit %d) f on f.id = p.id
      order by f.rank, p.search, p.id
      """;

  /// What is asked where nothing is found.
  Optional<TermSearch> wider() {
    return Optional.of(term)
        .filter(SearchTerm::isWhole)
        .map(whole -> new TermSearch(whole.asPart(), filter, limit));
  }

  ProfileSearch.Statement statement() {
    Parameters parameters = new Parameters();
    int most = Math.min(limit, MOST);
    List<String> ways = new ArrayList<>();
    ways.add(begins(parameters, most));
    ways.add(otherwise(1, PROFILES, named(parameters), parameters));
    String persons = PERSONS.formatted(named(parameters), ORGANISATIONS);
    ways.add(otherwise(2, persons, "true", parameters));
    ways.add(otherwise(2, PROFILES, parameters.in(EMAIL, term.email()), parameters));
    for (String beginning : term.beginnings()) {
      String range = parameters.in(NUMBERS, beginning, beginning + LAST_CHARACTER);
      ways.add(otherwise(2, NUMBERED, range, parameters));
    }
    for (String digits : term.isWhole() ? List.<String>of() : term.digits()) {
      ways.add(otherwise(2, NUMBERED, parameters.in(NUMBER, digits), parameters));
    }
    return new ProfileSearch.Statement(
        Database.PLANNED_EACH_TIME
            + "with found as (\n"
            + String.join("union all\n", ways)
            + ")\n"
            + ProfileSearch.ALL
            + JOINED.formatted(most),
        parameters.values());
  }

  private String begins(Parameters parameters, int most) {
    String range = parameters.in(RANGE, term.beginning(), term.beginning() + LAST_CHARACTER);
    return BEGINS.formatted(range, filtered(parameters), most);
  }

  private String named(Parameters parameters) {
    return term.words().stream()
        .map(words -> parameters.each(NAMED, "and", words))
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  private String otherwise(int rank, String from, String condition, Parameters parameters) {
    return OTHERWISE.formatted(rank, from, condition, filtered(parameters), CANDIDATES);
  }

  private String filtered(Parameters parameters) {
    List<String> conditions = filter.conditions(parameters);
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }
}
