package io.tamas.crm.exchange;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.crm.Profile.Kind;
import io.tamas.crm.ProfileCursor;
import io.tamas.crm.ProfileExtent;
import io.tamas.crm.ProfileFilter;
import io.tamas.crm.ProfileLists;
import io.tamas.crm.ProfileSearch;
import io.tamas.db.Database;
import io.tamas.web.Api;
import io.tamas.web.Csv;
import io.tamas.web.Problem;
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
  private final ProfileLists profiles;

  public ExportRoutes(Database database, ProfileLists profiles) {
    this.database = database;
    this.profiles = profiles;
  }

  @Override
  public void mount(Operations on) {
    on.on("getProfilesCsv", this::csv).on("getProfilesXlsx", this::workbook);
  }

  private static ProfileFilter filter(Request request) {
    return new ProfileFilter(
        request.query("category"),
        request.query("kind").map(Kind::ofWord),
        request.query("group").map(Long::valueOf),
        request.query("organisation").map(Long::valueOf));
  }

  private void record(String form) {
    database.inTransaction(tx -> {
      Audit.record(tx, Audit.Change.of("phone-book", form, Action.DOWNLOADED));
      return form;
    });
  }

  private Response csv(Request request) {
    record("csv");
    ProfileFilter filter = filter(request);
    Pages pages = new Pages(filter, profiles.extent(filter));
    Deque<String> mark = new ArrayDeque<>(List.of(Csv.BOM));
    return new Response.Stream(
        named("profiles.csv"),
        Csv.TYPE,
        () ->
            pages
                .next()
                .map(page ->
                    page.stream()
                        .map(ExportRoutes::row)
                        .collect(Collectors.joining("", mark.isEmpty() ? "" : mark.remove(), ""))));
  }

  private Response workbook(Request request) {
    ProfileFilter filter = filter(request);
    ProfileExtent extent = profiles.extent(filter);
    if (extent.profiles() >= ProfileWorkbook.MOST_ROWS) {
      throw Problem.conflict(
          "a workbook has at most %,d rows, and these are %,d profiles: take fewer, or the CSV file"
              .formatted(ProfileWorkbook.MOST_ROWS, extent.profiles()));
    }
    record("xlsx");
    Pages pages = new Pages(filter, extent);
    return new Response.Binary(
        named("profiles.xlsx"),
        ProfileWorkbook.TYPE,
        new ProfileWorkbook(() -> pages.next().map(ExportRoutes::texts)));
  }

  private static Map<String, String> named(String file) {
    return Map.of("content-disposition", "attachment; filename=\"" + file + '"');
  }

  private static List<List<String>> texts(List<List<String>> rows) {
    return rows.stream().map(row -> row.stream().map(GuardedCell::ofText).toList()).toList();
  }

  private static String row(List<String> cells) {
    return Csv.row(cells.stream().map(GuardedCell::of).toArray(String[]::new));
  }

  /// The heads, then the profiles of a filter, page by page.
  private final class Pages {
    private final ProfileSheet sheet;
    private final Deque<ProfileFilter> filters;
    private Optional<ProfileCursor> after = Optional.empty();
    private boolean hasHeads;

    Pages(ProfileFilter filter, ProfileExtent extent) {
      sheet = new ProfileSheet(database.inTransaction(PhoneBooks::of), extent.mostNumbers());
      filters =
          Stream.of(Kind.ORGANISATION, Kind.PERSON)
              .filter(kind -> filter.kind().orElse(kind) == kind)
              .map(filter::of)
              .collect(Collectors.toCollection(ArrayDeque::new));
    }

    Optional<List<List<String>>> next() {
      if (!hasHeads) {
        hasHeads = true;
        return Optional.of(List.of(sheet.headings()));
      }
      if (filters.isEmpty()) {
        return Optional.empty();
      }
      ProfileSearch search =
          new ProfileSearch(
              Optional.empty(), List.of(), Optional.empty(), filters.getFirst(), after, AT_ONCE);
      ProfileLists.Page page = profiles.list(search);
      after = page.next();
      if (after.isEmpty()) {
        filters.removeFirst();
      }
      return page.items().isEmpty()
          ? next()
          : Optional.of(page.items().stream().map(sheet::row).toList());
    }
  }
}
