package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.text.Folding;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Profiles whose names an earlier version of the folding folded, for tests.
final class OldProfiles {
  private static final String INSERT =
      """
      insert into profile (kind, name, search, fields)
      select 'person', p.name, p.search, '{}'
      from unnest($1::text[], $2::text[]) as p (name, search)
      """;

  private final Database database;

  OldProfiles(Database database) {
    this.database = database;
  }

  /// Leaves no profile, and nothing renewed.
  void empty() {
    run("truncate profile cascade");
    run("update profile_folding set version = 0, done_to = 0");
  }

  /// Makes as many, called `خانۀ 0001` and so on.
  void make(int count) {
    make(IntStream.rangeClosed(1, count).mapToObj(OldProfiles::name).toArray(String[]::new));
  }

  static String name(int number) {
    return "خانۀ %04d".formatted(number);
  }

  void make(String... names) {
    String[] searches = List.of(names).stream().map(OldProfiles::folded).toArray(String[]::new);
    Tuple values = Tuple.tuple().addArrayOfString(names).addArrayOfString(searches);
    database.await(database.pool().preparedQuery(INSERT).execute(values));
  }

  /// As version 0 folded names of these letters.
  private static String folded(String name) {
    return name.replace('ۀ', '\u06d5').toLowerCase(Locale.ROOT);
  }

  /// How many are not renewed.
  long left() {
    return number("select count(*) from profile where folding < " + Folding.VERSION);
  }

  long number(String sql) {
    return run(sql).getFirst().getLong(0);
  }

  List<Row> run(String sql) {
    return database.await(database.pool().query(sql).execute()).stream().toList();
  }
}
