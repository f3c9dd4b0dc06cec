package io.tamas.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the role of dashboards can do, on a server of its own: roles are those of the whole server.
class ReportRoleIT {
  private static final String NAME = "reportroleit";
  private static final Secret PASSWORD = new Secret("it's a secret");
  private static final String NO_RIGHT = "42501";
  private static final String READ_ONLY = "25006";
  private static final String CANCELLED = "57014";
  private static final String TOO_MANY = "53300";
  private static final int ENDLESS_SECONDS = 20;

  private static final List<String> FORBIDDEN =
      List.of(
          "select * from public.api_key",
          "select * from public.call",
          "select * from public.call_hour",
          "select * from public.company_item",
          "select * from public.profile",
          "select * from pg_catalog.pg_authid",
          "insert into public.call_hour values (now(), 'INBOUND', 'ANSWERED', 1, 0, 0, 0, '{}')",
          "update report.live_call set cell = 'x'",
          "delete from public.call_party",
          "truncate public.event",
          "create table report.mine (id int)",
          "create table public.mine (id int)",
          "create temporary table mine (id int)",
          "create function report.mine() returns int language sql return 1",
          "drop view report.live_call",
          "select lo_create(0)",
          "select lo_from_bytea(0, 'x')",
          "select pg_advisory_lock(499848339827)",
          "select pg_advisory_xact_lock(499848339827)",
          "select pg_try_advisory_lock(1, 2)",
          "select pg_read_file('/etc/passwd')",
          "copy (select 1) to program 'true'",
          "set role postgres",
          "alter role tamas_report superuser",
          "create role other");

  @TempDir private static Path folder;
  private static TestServer server;
  private static Config.Database database;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.startThrowAway(folder);
    database = server.fresh(NAME);
    assertEquals(ReportRole.State.READY, ReportRole.setUp(database, PASSWORD));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Connection signIn() throws SQLException {
    return DriverManager.getConnection("jdbc:" + database.url(), "tamas_report", PASSWORD.reveal());
  }

  private static String refusal(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ENDLESS_SECONDS);
      statement.execute(sql);
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  private static String only(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  @Test
  void itMayReadTheViewsAndNothingElse() throws Exception {
    String relations =
        """
        select string_agg(c.oid::regclass::text, ' ' order by c.oid::regclass::text)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v', 'm', 'p', 'S')
          and case c.relkind
            when 'S' then has_sequence_privilege('tamas_report', c.oid, 'usage, select, update')
            else has_table_privilege('tamas_report', c.oid, '%s')
              or has_any_column_privilege('tamas_report', c.oid, '%s') end
        """;
    String functions =
        """
        select string_agg(p.oid::regprocedure::text, ' ')
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname not in ('pg_catalog', 'information_schema')
          and has_schema_privilege('tamas_report', n.oid, 'usage')
          and has_function_privilege('tamas_report', p.oid, 'execute')
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        """;
    try (Connection owner = server.connect(NAME)) {
      String views =
          only(
              owner,
              """
              select string_agg(format('report.%s', viewname), ' ' order by viewname)
              from pg_views where schemaname = 'report'
              """);
      assertEquals(views, only(owner, relations.formatted("select", "select")));
      String write = "insert, update, delete, truncate, references, trigger";
      String columns = "insert, update, references";
      assertEquals("null", only(owner, relations.formatted(write, columns)));
      assertEquals("report.masked(text)", only(owner, functions));
    }
    try (Connection dashboards = signIn()) {
      assertEquals("UTC", only(dashboards, "select zone from company"));
    }
  }

  @Test
  void whatIsForbiddenIsRefusedAlsoWhereItWritesOnPurpose() throws Exception {
    try (Connection dashboards = signIn()) {
      for (String sql : FORBIDDEN) {
        String state = refusal(dashboards, sql);
        assertTrue(List.of(NO_RIGHT, READ_ONLY).contains(state), sql + ": " + state);
      }
      dashboards.createStatement().execute("set default_transaction_read_only = off");
      for (String sql : FORBIDDEN) {
        assertEquals(NO_RIGHT, refusal(dashboards, sql), sql);
      }
    }
  }

  @Test
  void aStatementThatSleepsForAnHourIsEndedAfterFiveSeconds() throws Exception {
    try (Connection dashboards = signIn()) {
      long began = System.nanoTime();
      assertEquals(CANCELLED, refusal(dashboards, "select pg_sleep(3600)"));
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertTrue(took.toSeconds() >= 4 && took.toSeconds() < 15, took.toString());
    }
  }

  @Test
  void itHasFiveConnectionsAndNoMore() throws Exception {
    List<Connection> open = new ArrayList<>();
    try {
      SQLException refused =
          assertThrows(
              SQLException.class,
              () -> {
                for (int i = 0; i < 6; i++) {
                  open.add(signIn());
                }
              });
      assertEquals(TOO_MANY, refused.getSQLState());
      assertEquals(5, open.size());
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  @Test
  void aSecondServerChangesNothing() throws Exception {
    String password = "select rolpassword from pg_authid where rolname = 'tamas_report'";
    try (Connection owner = server.connect(NAME)) {
      String before = only(owner, password);
      assertTrue(before.startsWith("SCRAM-SHA-256$"), before);
      assertEquals(ReportRole.State.READY, ReportRole.setUp(database, new Secret("another")));
      assertEquals(before, only(owner, password));
    }
  }

  @Test
  void whereTamasMayNotCreateRolesItsSqlDoes() throws Exception {
    try (TestServer elsewhere = TestServer.startThrowAway(folder.resolve("elsewhere"));
        Connection root = elsewhere.connect("postgres");
        Statement statement = root.createStatement()) {
      statement.execute("create role office login password 'office'");
      statement.execute("create database office owner office");
      String url = elsewhere.config("office").url();
      Config.Database office =
          new Config.Database(
              url,
              "office",
              new Secret("office"),
              8,
              Duration.ofSeconds(5),
              Duration.ofSeconds(30));
      Migrations.run(office);
      assertEquals(ReportRole.State.NOT_ALLOWED, ReportRole.setUp(office, PASSWORD));

      String sql = ReportRole.sql(PASSWORD);
      assertFalse(sql.contains(PASSWORD.reveal()), sql);
      try (Connection there = elsewhere.connect("office")) {
        there.createStatement().execute(sql);
      }
      assertEquals(ReportRole.State.READY, ReportRole.setUp(office, PASSWORD));
      try (Connection dashboards =
              DriverManager.getConnection("jdbc:" + url, "tamas_report", PASSWORD.reveal());
          Connection tamas = DriverManager.getConnection("jdbc:" + url, "office", "office")) {
        assertEquals("UTC", only(dashboards, "select zone from company"));
        assertEquals(NO_RIGHT, refusal(dashboards, "select pg_advisory_lock(1)"));
        assertEquals("", refusal(tamas, "select pg_advisory_lock(1)"));
      }
    }
  }
}
