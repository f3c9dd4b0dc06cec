package io.tamas.crm.exchange;

import io.tamas.crm.Profile;
import io.tamas.crm.Profile.Kind;
import io.tamas.crm.ProfileCursor;
import io.tamas.crm.ProfileFilter;
import io.tamas.crm.ProfileSearch;
import io.tamas.crm.Profiles;
import io.tamas.db.Database;
import io.tamas.web.Api;
import io.tamas.web.Csv;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The phone book as a file that the import reads again. Organisations come first, so that their
/// persons find them.
public final class ExportRoutes implements Api {
  private static final int AT_ONCE = 500;

  private final Database database;
  private final Profiles profiles;

  public ExportRoutes(Database database, Profiles profiles) {
    this.database = database;
    this.profiles = profiles;
  }

  @Override
  public void mount(Operations on) {
    on.on("getProfilesCsv", this::csv);
  }

  private Response csv(Request request) {
    ProfileFilter filter =
        new ProfileFilter(
            request.query("category"),
            request.query("kind").map(Kind::ofWord),
            request.query("group").map(Long::valueOf),
            request.query("organisation").map(Long::valueOf));
    PhoneBook book = database.inTransaction(PhoneBooks::of);
    ProfileSheet sheet = new ProfileSheet(book, profiles.mostNumbers(filter));
    Rows rows = new Rows(filter);
    Deque<String> heading = new ArrayDeque<>(List.of(Csv.BOM + row(sheet.headings())));
    return new Response.Stream(
        Map.of("content-disposition", "attachment; filename=\"profiles.csv\""),
        Csv.TYPE,
        () ->
            heading.isEmpty()
                ? rows.next()
                    .map(page ->
                        page.stream()
                            .map(profile -> row(sheet.row(profile)))
                            .collect(Collectors.joining()))
                : Optional.of(heading.remove()));
  }

  private static String row(List<String> cells) {
    return Csv.row(cells.stream().map(GuardedCell::of).toArray(String[]::new));
  }

  /// The profiles of a filter, page by page.
  private final class Rows {
    private final Deque<ProfileFilter> filters;
    private Optional<ProfileCursor> after = Optional.empty();

    Rows(ProfileFilter filter) {
      filters =
          Stream.of(Kind.ORGANISATION, Kind.PERSON)
              .filter(kind -> filter.kind().orElse(kind) == kind)
              .map(filter::of)
              .collect(Collectors.toCollection(ArrayDeque::new));
    }

    Optional<List<Profile>> next() {
      if (filters.isEmpty()) {
        return Optional.empty();
      }
      Profiles.Page page =
          profiles.list(
              new ProfileSearch(
                  Optional.empty(),
                  List.of(),
                  Optional.empty(),
                  filters.getFirst(),
                  after,
                  AT_ONCE));
      after = page.next();
      if (after.isEmpty()) {
        filters.removeFirst();
      }
      return page.items().isEmpty() ? next() : Optional.of(page.items());
    }
  }
}
