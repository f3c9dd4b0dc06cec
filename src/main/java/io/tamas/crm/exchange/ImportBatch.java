package io.tamas.crm.exchange;

import io.tamas.crm.ImportedGroups;
import io.tamas.crm.Profile;
import io.tamas.crm.Profile.Kind;
import io.tamas.crm.ProfileBulk;
import io.tamas.crm.ProfileGroup;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.number.WrittenNumbers;
import io.tamas.text.Folding;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Some rows of an import, in one transaction. Rows that may be the same profile are not in one
/// batch: the later one is left to the next, where it finds what the earlier one has made.
final class ImportBatch {
  private static final String MADE =
      """
      insert into profile_import_batch (import, row_number, created, last_created)
      values ($1, $2, $3, $4)
      """;

  /// Of what the import has made itself, nothing was before.
  private static final String CHANGED =
      """
      insert into profile_import_change (import, profile, version, before)
      select $1, c.profile, c.version,
             case when c.profile = any(b.created) then null else c.before::jsonb end
      from unnest($2::bigint[], $3::bigint[], $4::text[]) as c (profile, version, before)
      left join lateral (
        select created from profile_import_batch
        where import = $1 and last_created >= c.profile
        order by last_created limit 1
      ) b on true
      on conflict (import, profile) do update set version = excluded.version
      """;

  /// A refused row is kept whole up to this length, else the beginnings of its cells.
  private static final int LONGEST_KEPT = 16 << 10;

  private static final int LONGEST_OF_LONG = 200;

  /// Stands for an organisation that is not there yet.
  private static final long NOT_YET = 0;

  private final Transaction tx;
  private final ProfileBulk bulk;
  private final Import one;
  private final Mapping mapping;
  private final RowReading reading;
  private final RowMerge merge;
  private final @Nullable SeenKeys seen;
  private final MissingGroups missing;
  private final Set<Long> newGroups = new LinkedHashSet<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Planned> planned = new ArrayList<>();
  private int taken;
  private long repeated;

  /// A row that was read.
  ///
  /// @param keys by which others may be the same
  private record Candidate(SheetRow row, RowContent content, List<String> keys) {}

  /// A row that can be imported.
  ///
  /// @param fits the profile that is there already
  private record Planned(RowContent row, Optional<Profile> fits, Optional<Long> organisation) {
    boolean lacksOrganisation() {
      return organisation.equals(Optional.of(NOT_YET));
    }

    Planned withMade(Map<Long, Long> groups) {
      return new Planned(row.withMade(groups), fits, organisation);
    }
  }

  /// @param seen of a dry run; none: the rows are imported
  /// @param missing groups, of a dry run as a whole
  ImportBatch(
      Transaction tx,
      Import one,
      PhoneBook book,
      WrittenNumbers numbers,
      @Nullable SeenKeys seen,
      MissingGroups missing) {
    this.tx = tx;
    this.bulk = new ProfileBulk(tx);
    this.one = one;
    this.mapping = one.mapping().orElseThrow();
    this.reading = new RowReading(mapping, book, numbers, missing);
    this.merge = new RowMerge(book);
    this.seen = seen;
    this.missing = missing;
  }

  /// What was done.
  ///
  /// @param taken how many of the rows
  /// @param newGroups the names of those that a run makes
  /// @param made those that were made
  record Outcome(
      int taken,
      Import.Counts counts,
      List<Refusal> refusals,
      List<String> newGroups,
      List<ProfileGroup> made) {}

  Outcome work(List<SheetRow> rows) {
    plan(rows, candidates(rows));
    List<String> names = newGroups.stream().map(missing::name).toList();
    List<ProfileGroup> made = seen == null ? made(names) : List.of();
    Import.Counts counts = seen == null ? store(rows.get(taken - 1).number()) : counted();
    long done = rows.get(taken - 1).number();
    return new Outcome(
        taken,
        counts.plus(new Import.Counts(done, 0, 0, 0, refusals.size(), repeated, 0)),
        refusals,
        names,
        made);
  }

  /// Makes the groups that the planned rows need.
  private List<ProfileGroup> made(List<String> names) {
    List<ProfileGroup> made = ImportedGroups.make(tx, names);
    if (!made.isEmpty()) {
      Map<Long, Long> ids = new HashMap<>();
      for (long id : newGroups) {
        ids.put(id, made.get(ids.size()).id());
      }
      planned.replaceAll(row -> row.withMade(ids));
    }
    return made;
  }

  private List<Candidate> candidates(List<SheetRow> rows) {
    List<Candidate> candidates = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    Set<String> organisations = new HashSet<>();
    for (SheetRow row : rows) {
      Optional<Candidate> read = row.isBlank() ? Optional.empty() : read(row);
      if (read.isPresent()) {
        Candidate candidate = read.get();
        Optional<String> organisation = candidate.content.organisation().map(RowKeys::organisation);
        boolean meets =
            candidate.keys.stream()
                    .anyMatch(key -> keys.contains(key) || organisations.contains(key))
                || organisation.filter(keys::contains).isPresent();
        if (seen == null && meets) {
          break;
        }
        keys.addAll(candidate.keys);
        organisation.ifPresent(organisations::add);
        candidates.add(candidate);
      }
      taken++;
    }
    return candidates;
  }

  private Optional<Candidate> read(SheetRow row) {
    try {
      RowContent content = reading.read(row);
      return Optional.of(new Candidate(row, content, RowKeys.of(content, mapping.identifiedBy())));
    } catch (RefusedRow refused) {
      refuse(row, refused);
      return Optional.empty();
    }
  }

  private void refuse(SheetRow row, RefusedRow why) {
    int longest = row.length() > LONGEST_KEPT ? LONGEST_OF_LONG : LONGEST_KEPT;
    List<String> cells =
        row.cells().stream()
            .map(cell -> cell.length() > longest ? cell.substring(0, longest) : cell)
            .map(cell -> cell.replace('\0', '\uFFFD'))
            .toList();
    refusals.add(new Refusal(row.number(), why.column(), why.reason(), cells));
  }

  private void plan(List<SheetRow> rows, List<Candidate> candidates) {
    RowMatching matching =
        new RowMatching(
            bulk,
            mapping.identifiedBy(),
            candidates.stream().map(Candidate::content).toList(),
            seen == null);
    Set<Long> fitted = new HashSet<>();
    for (Candidate candidate : candidates) {
      RowContent row = candidate.content;
      try {
        Optional<Profile> fits = matching.match(row);
        if (seen == null && fits.isPresent() && !fitted.add(fits.get().id())) {
          leaveFrom(rows, candidate.row);
          return;
        }
        if (seen != null && fits.isEmpty() && isRepeated(seen, candidate)) {
          repeated++;
          newGroups.addAll(missing.use(row.groups()));
          continue;
        }
        Optional<Long> organisation =
            row.organisation().map(_ -> matching.organisation(row, fits).orElse(NOT_YET));
        Planned one = new Planned(row, fits, organisation);
        newGroups.addAll(missing.use(content(one, organisation).groups()));
        planned.add(one);
      } catch (RefusedRow refused) {
        refuse(candidate.row, refused);
      }
    }
  }

  /// Two rows fit the same profile, by different numbers.
  private void leaveFrom(List<SheetRow> rows, SheetRow row) {
    refusals.removeIf(refusal -> refusal.row() >= row.number());
    taken = rows.indexOf(row);
  }

  private static boolean isRepeated(SeenKeys seen, Candidate candidate) {
    boolean isRepeated = candidate.keys.stream().anyMatch(seen::contains);
    candidate.keys.forEach(seen::add);
    return isRepeated;
  }

  private Profile.Content content(Planned one, Optional<Long> organisation) {
    return one.fits
        .map(before -> merge.changed(before.content(), one.row, organisation, mapping.whenKnown()))
        .orElseGet(() -> merge.created(one.row, organisation));
  }

  private Import.Counts counted() {
    Import.Counts counts = Import.Counts.NONE;
    for (Planned row : planned) {
      counts = counts.plus(count(row, content(row, row.organisation)));
    }
    return counts;
  }

  private static Import.Counts count(Planned row, Profile.Content after) {
    if (row.fits.isEmpty()) {
      return new Import.Counts(0, 1, 0, 0, 0, 0, 0);
    }
    return row.fits.get().content().equals(after)
        ? new Import.Counts(0, 0, 0, 1, 0, 0, 0)
        : new Import.Counts(0, 0, 1, 0, 0, 0, 0);
  }

  private Import.Counts store(long lastRow) {
    List<Long> made = new ArrayList<>();
    Map<String, Long> organisations = organisations();
    made.addAll(organisations.values());
    List<Profile.Content> created = new ArrayList<>();
    Map<Long, Profile.Content> changed = new LinkedHashMap<>();
    List<Profile> before = new ArrayList<>();
    Import.Counts counts = Import.Counts.NONE;
    for (Planned row : planned) {
      Optional<Long> organisation =
          row.lacksOrganisation()
              ? row.row.organisation().map(Folding::fold).map(organisations::get)
              : row.organisation;
      Profile.Content after = content(row, organisation);
      counts = counts.plus(count(row, after));
      if (row.fits.isEmpty()) {
        created.add(after);
      } else if (!after.equals(row.fits.get().content())) {
        changed.put(row.fits.get().id(), after);
        before.add(row.fits.get());
      }
    }
    made.addAll(bulk.insert(created));
    bulk.update(changed);
    remember(lastRow, made, before);
    return counts;
  }

  /// Makes those that rows name and that are not there yet, by their names as they are folded.
  private Map<String, Long> organisations() {
    Map<String, Profile.Content> missing = new LinkedHashMap<>();
    for (Planned row : planned) {
      if (row.lacksOrganisation()) {
        String name = row.row.organisation().orElseThrow();
        missing.putIfAbsent(Folding.fold(name), named(name));
      }
    }
    List<Long> ids = bulk.insert(List.copyOf(missing.values()));
    Map<String, Long> made = new HashMap<>();
    int i = 0;
    for (String name : missing.keySet()) {
      made.put(name, ids.get(i++));
    }
    return made;
  }

  private static Profile.Content named(String name) {
    return new Profile.Content(
        Kind.ORGANISATION,
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of());
  }

  private void remember(long lastRow, List<Long> made, List<Profile> before) {
    if (!before.isEmpty()) {
      tx.execute(
          CHANGED,
          Tuple.of(one.id())
              .addArrayOfLong(before.stream().map(Profile::id).toArray(Long[]::new))
              .addArrayOfLong(
                  before.stream().map(profile -> profile.version() + 1).toArray(Long[]::new))
              .addArrayOfString(
                  before.stream()
                      .map(profile -> Json.write(profile.content()))
                      .toArray(String[]::new)));
    }
    if (!made.isEmpty()) {
      long last = made.stream().mapToLong(Long::longValue).max().orElseThrow();
      tx.execute(
          MADE,
          Tuple.of(one.id(), lastRow).addArrayOfLong(made.toArray(Long[]::new)).addLong(last));
    }
  }
}
