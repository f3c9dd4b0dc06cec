package io.tamas.bench;

import io.tamas.config.Config;
import io.tamas.crm.ProfileFilter;
import io.tamas.crm.Profiles;
import io.tamas.crm.SearchTerm;
import io.tamas.crm.TermSearch;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.text.Folding;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// Searches among 1,000,000 profiles, as somebody types them: 1,000 of each kind, always the same,
/// asked for once before. `./tamas bench search [profiles]`.
public final class SearchBench {
  private static final int EACH = 1_000;
  private static final long SEED = 17;

  private static final WrittenNumbers NUMBERS =
      new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));

  private static final List<String> FIRST =
      List.of(
          "سارا", "علی", "محمد", "زهرا", "رضا", "مریم", "حسین", "فاطمه", "امیر", "نرگس", "ahmet",
          "ayse", "mehmet", "fatma", "иван", "анна", "петр", "елена", "john", "mary");

  private static final List<String> STEMS =
      List.of(
          "احمد",
          "کریم",
          "نور",
          "رحیم",
          "صاد",
          "موسو",
          "جعفر",
          "حید",
          "رستم",
          "بهرام",
          "yilmaz",
          "demir",
          "kaya",
          "celik",
          "иванов",
          "смирнов",
          "кузнецов",
          "попов",
          "smith",
          "jones");

  private static final List<String> ENDS =
      List.of("", "ی", "زاده", "پور", "نژاد", "یان", "فر", "oglu", "er", "ский", "ов", "son");

  /// Every tenth is an organisation, to which the nine persons after it belong. Names are folded
  /// already.
  private static final String FILL =
      """
      with made as (
        insert into profile (id, kind, name, search, folding, category, fields, organisation,
                             emails, emails_search)
        overriding system value
        select n, case when mod(n, 10) = 0 then 'organisation' else 'person' end,
          w.name, w.name, %d, 'c' || mod(n, 100), '{}',
          case when mod(n, 10) > 0 then n - mod(n, 10) end,
          array['client' || n || '@example.ir'], 'client' || n || '@example.ir'
        from generate_series(10, %d) n,
          lateral (select %s as name) w
        returning id
      )
      insert into profile_number (profile, position, number, label, priority)
      select id, 1 + line, prefix || to_char(mod(id * 7919, 10000000), 'FM0000000'), '', 0
      from made, (values (0, '+98912'), (1, '+982191')) as l (line, prefix)
      """;

  private final Random random = new Random(SEED);
  private final int count;

  private SearchBench(int count) {
    this.count = count;
  }

  public static void main(String[] arguments) throws Exception {
    int profiles = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-search-");
    try (TestServer postgres = TestServer.startThrowAway(folder)) {
      new SearchBench(profiles).run(postgres);
    }
  }

  private void run(TestServer postgres) throws Exception {
    Config.Database config = postgres.fresh("search_bench");
    long start = System.nanoTime();
    try (Connection connection = postgres.connect("search_bench")) {
      fill(connection);
    }
    System.out.printf("%,d profiles filled in %.0f s%n", count, (System.nanoTime() - start) / 1e9);
    Vertx vertx = Vertx.vertx();
    Database database = new Database(vertx, config);
    try {
      Profiles profiles = new Profiles(database, () -> NUMBERS);
      Histogram all = new Histogram(3);
      kinds().forEach((kind, text) -> all.add(measure(profiles, kind, text)));
      print("all", all);
    } finally {
      database.close().await(5, TimeUnit.SECONDS);
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }

  private void fill(Connection connection) throws SQLException {
    String name =
        "%s || ' ' || %s || %s"
            .formatted(one(FIRST, "n"), one(STEMS, "n / 20"), one(ENDS, "n / 400"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(FILL.formatted(Folding.VERSION, count, name));
      statement.execute("vacuum analyze");
      statement.execute("checkpoint"); // else it is written while the first is measured
    }
  }

  private static String one(List<String> words, String by) {
    String array = "array['" + String.join("', '", words) + "']";
    return "(%s)[1 + mod((%s)::bigint * 31 + n, %d)]".formatted(array, by, words.size());
  }

  private Map<String, Function<Random, String>> kinds() {
    Map<String, Function<Random, String>> kinds = new LinkedHashMap<>();
    kinds.put("three letters of a name", by -> any(by, STEMS).substring(0, 3));
    kinds.put("a first name", by -> any(by, FIRST));
    kinds.put("a family name", by -> any(by, STEMS) + any(by, ENDS));
    kinds.put("both, the other way round", by -> any(by, STEMS) + " " + any(by, FIRST));
    kinds.put("four digits", by -> "%04d".formatted(by.nextInt(10_000)));
    kinds.put("a national number", by -> "0912%07d".formatted(by.nextInt(10_000_000)));
    kinds.put("its beginning", by -> "0912%02d".formatted(by.nextInt(100)));
    kinds.put("an address", by -> "client" + by.nextInt(count) + "@");
    kinds.put("nobody", by -> "qx" + Integer.toString(by.nextInt(1 << 20), 36) + "zzz");
    return kinds;
  }

  private static String any(Random by, List<String> words) {
    return words.get(by.nextInt(words.size()));
  }

  private Histogram measure(Profiles profiles, String kind, Function<Random, String> text) {
    List<TermSearch> searches = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      SearchTerm.of(text.apply(random), NUMBERS)
          .ifPresent(term -> searches.add(new TermSearch(term, ProfileFilter.ALL, 50)));
    }
    Histogram measured = new Histogram(3);
    for (TermSearch search : searches) {
      profiles.lists().search(search);
      long start = System.nanoTime();
      profiles.lists().search(search);
      measured.recordValue((System.nanoTime() - start) / 1_000);
    }
    print(kind, measured);
    return measured;
  }

  private static void print(String kind, Histogram measured) {
    System.out.printf(
        "%-28s %,6d searches: p50 %7.1f ms, p99 %7.1f ms, longest %7.1f ms%n",
        kind,
        measured.getTotalCount(),
        measured.getValueAtPercentile(50) / 1e3,
        measured.getValueAtPercentile(99) / 1e3,
        measured.getMaxValue() / 1e3);
  }
}
