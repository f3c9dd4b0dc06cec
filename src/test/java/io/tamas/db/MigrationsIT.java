package io.tamas.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/// Every migration that changes rows or tables which an office already has, with such rows in them.
class MigrationsIT {
  private static final String RECORDING = "00000000-0000-0000-0000-00000000000";

  /// @param version the migration before which the rows are stored
  /// @param rows as that version stores them
  /// @param question what is asked once all migrations are done
  /// @param answer its rows, with commas between columns
  private record Step(int version, String rows, String question, List<String> answer) {}

  /// How far calls are counted, and of how many sums.
  private static final String SUMS =
      """
      select zone, counted_to = 'epoch', complete, (select count(*) from call_hour),
        (select count(*) from call_day), (select count(*) from call_group_hour)
      from call_sums
      """;

  private static final List<Step> STEPS =
      List.of(
          new Step(
              7,
              """
              insert into company_item (kind, name, body, version) values
                ('announcement', 'welcome', '{"texts": {}}', 1),
                ('extension', '101', '{"record": true}', 1),
                ('extension', '102', '{"record": false}', 1)
              """,
              "select kind, name, body -> 'record' from company_item order by name",
              List.of(
                  "extension,101,[\"INBOUND\", \"OUTBOUND\", \"INTERNAL\"]",
                  "extension,102,[]",
                  "prompt,welcome,null")),
          new Step(
              9,
              """
              insert into api_key (name, hash, scopes) values
                ('crm', sha256('crm'), array['read', 'write'])
              """,
              "select name, scopes, extension from api_key where name = 'crm'",
              List.of("crm,{read,write},null")),
          new Step(
              10,
              """
              insert into recording (id, cell, call_id, state, started_at) values
                ('%1$s1', 'a', 'one', 'ready', '2026-01-01'), ('%1$s2', 'a', 'two', 'broken', '2026-01-02')
              """
                  .formatted(RECORDING),
              "select call_id, state, title, deleted_at from recording where state <> 'deleted'"
                  + " order by call_id",
              List.of("one,ready,null,null", "two,broken,null,null")),
          new Step(
              12,
              """
              insert into voicemail (recording, mailbox, call_id, caller, caller_name, left_at) values
                ('%s1', '101', 'one', '+989121234567', 'Ali', '2026-01-01')
              """
                  .formatted(RECORDING),
              "select mailbox, caller, deleted_at from voicemail",
              List.of("101,+989121234567,null")),
          new Step(
              16,
              "update voicemail set mail_at = '2026-01-03', mail_tries = 2",
              "select way, tries from voicemail_notice",
              List.of("email,2")),
          new Step(
              17,
              """
              insert into profile (kind, name, search, fields) values
                ('person', 'Ali', 'ali', '{}')
              """,
              "select name, folding from profile",
              List.of("Ali,0")),
          new Step(
              18,
              """
              insert into api_key (name, hash, scopes, extension) values
                ('own', sha256('own'), array['call'], '101'),
                ('gone', sha256('gone'), array['call'], '109')
              """,
              """
              select k.name, k.extension, i.created_at = 'epoch'
              from api_key k join company_item i on i.name = k.extension
              """,
              List.of("own,101,t")),
          new Step(
              22,
              """
              insert into recording (id, cell, call_id, state, started_at) values
                ('%s3', 'a', 'three', 'deleted', '2026-01-03')
              """
                  .formatted(RECORDING),
              "select count(*) from recording",
              List.of("3")),
          new Step(
              23,
              "insert into trunk_habit values ('line', 'sip.example.net', true)",
              "select trunk, server, answers_options from trunk_habit",
              List.of("line,sip.example.net,t")),
          new Step(
              25,
              """
              insert into call (id, started_at, direction, status, record) values
                ('a-1.1', '2025-12-31 23:59:59.999999+00', 'INBOUND', 'MISSED', '{"talk": "PT0S"}'),
                ('a-2.2', '2026-01-01 00:00:00+00', 'OUTBOUND', 'ANSWERED', '{"talk": "PT1S"}')
              """,
              """
              select c.tableoid::regclass, c.id, c.direction, c.status, c.record ->> 'talk'
              from call_start s join call c on c.id = s.id and c.started_at = s.started_at
              order by c.id
              """,
              List.of(
                  "call_2025_12,a-1.1,INBOUND,MISSED,PT0S",
                  "call_2026_01,a-2.2,OUTBOUND,ANSWERED,PT1S")),
          new Step(
              29,
              """
              insert into call_sums values (true, 'UTC', '2026-01-01', true);
              insert into call_hour values ('2026-01-01', 'INTERNAL', 'FAILED', 1, 0, 0, 0, '{0}');
              insert into call_day values ('2026-01-01', '101', 'INTERNAL', 'FAILED', 1, 0, 0, 0, 0);
              insert into call_group_hour values
                ('2026-01-01', 'sales', 'INTERNAL', 'FAILED', 1, 0, 0, 0, 0, '{0}')
              """,
              SUMS,
              List.of("UTC,t,f,0,0,0")),
          new Step(
              30,
              "update voicemail set left_at = '2026-01-04'",
              "select routed_at from voicemail",
              List.of("2026-01-04 00:00:00+00")),
          new Step(
              31,
              """
              update call_sums set counted_to = '2026-02-01', complete = true;
              insert into call_hour values ('2026-01-01', 'INTERNAL', 'FAILED', 1, 0, 0, 0, '{0}', 0);
              insert into call_day values ('2026-01-01', '101', 'INTERNAL', 'FAILED', 1, 0, 0, 0, 0);
              insert into call_group_hour values
                ('2026-01-01', 'sales', 'INTERNAL', 'FAILED', 1, 0, 0, 0, 0, '{0}')
              """,
              SUMS,
              List.of("UTC,t,f,0,0,0")),
          new Step(
              33,
              """
              insert into profile_number (profile, position, number, label, priority)
              select id, 1, '+989121234567', 'موبایل', 2 from profile
              """,
              """
              select p.name, p.organisation, p.emails, p.address, n.number, n.label, n.priority, n.type, n.main
              from profile p join profile_number n on n.profile = p.id
              """,
              List.of("Ali,null,{},null,+989121234567,موبایل,2,null,f")),
          new Step(
              34,
              "update profile set fields = '{\"city\": \"Shiraz\"}'",
              "select name, fields, field_values from profile",
              List.of("Ali,{\"city\": \"Shiraz\"},[]")),
          new Step(
              38,
              """
              insert into user_account (name, role, password) values ('leila', 'SUPERVISOR', 'x')
              """,
              "select role, grants from user_account where name = 'leila'",
              List.of("SUPERVISOR,{}")),
          new Step(
              39,
              """
              insert into event (at, type, subject, data) values (now(), 'call.ended', 'old', '{}')
              """,
              "select type, parties, began from event where subject = 'old'",
              List.of("call.ended,null,null")),
          new Step(
              41,
              """
              insert into user_account (name, role, one_time)
              values ('by-password', 'OPERATOR', decode(repeat('ab', 32), 'hex'));
              insert into user_session (hash, account, address, agent)
              select one_time, id, '', '' from user_account where name = 'by-password'
              """,
              """
              select s.open_id from user_session s join user_account u on u.id = s.account
              where u.name = 'by-password'
              """,
              List.of("f")),
          new Step(
              42,
              """
              insert into recording_access (recording, at, who, action) values
                ('%1$s1', '2026-01-05', 'crm', 'listened'), ('%1$s1', '2026-01-06', 'user:zahra', 'renamed'),
                ('%1$s1', '2026-01-07', '101', 'listened'), ('%1$s1', '2026-01-08', 'retention', 'deleted')
              """
                  .formatted(RECORDING),
              """
              select a.at, a.actor, a.action, w.id is not null
              from audit a left join audit_waiting w on w.id = a.id
              where a.subject = 'recording:%s1' order by a.id
              """
                  .formatted(RECORDING),
              List.of(
                  "2026-01-05 00:00:00+00,key:crm,listened,t",
                  "2026-01-06 00:00:00+00,user:zahra,renamed,t",
                  "2026-01-07 00:00:00+00,extension:101,listened,t",
                  "2026-01-08 00:00:00+00,server,deleted,t")),
          new Step(
              44,
              """
              insert into call_start (id, started_at) values ('two', '2026-01-02');
              insert into call_party (party, started_at, call_id, direction, status) values
                ('extension:107', '2026-01-01', 'one', 'INBOUND', 'VOICEMAIL'),
                ('extension:107', '2026-01-02', 'two', 'INBOUND', 'ANSWERED')
              """,
              """
              select p.call_id, p.recorded, r.call_started_at = p.started_at, r.direction, r.message
              from call_party p join recording r using (call_id)
              where p.party = 'extension:107' order by p.started_at
              """,
              List.of("one,f,t,null,t", "two,t,t,null,f")),
          new Step(
              45,
              "update profile set emails_search = E'ali@example.ir\\nali@example.com'",
              "select email from profile_email order by email",
              List.of("ali@example.com", "ali@example.ir")),
          new Step(
              48,
              "update profile set owner = '101'",
              "select name, owner, owner_account from profile",
              List.of("Ali,101,null")),
          new Step(
              51,
              """
              insert into profile_import (state, file, bytes, author) values
                ('DONE', 'people.csv', 1, 'sara')
              """,
              "select file, new_groups, made_groups from profile_import",
              List.of("people.csv,{},{}")));

  private static final Pattern CHANGED =
      Pattern.compile("^(?:alter table|update|delete from) (\\w+)", Pattern.MULTILINE);

  @Test
  void whatAnOfficeHasComesThroughEachMigration() throws Exception {
    Config.Database database = TestDatabase.server().empty("migrationsit");
    for (MigrationInfo migration : flyway(database, MigrationVersion.LATEST).info().all()) {
      MigrationVersion version = migration.getVersion();
      for (Step step : STEPS) {
        if (version.equals(version(step))) {
          execute(database, step.rows());
        }
      }
      for (String table : changed(migration)) {
        String some = "select exists (select from " + table + ")";
        assertEquals(List.of("t"), rows(database, some), version + " needs rows in " + table);
      }
      flyway(database, version).migrate();
    }
    for (Step step : STEPS) {
      assertEquals(step.answer(), rows(database, step.question()), "V" + step.version());
    }
    execute(database, "update recording set state = 'empty'");
    execute(database, "update api_key set scopes = array['admin']");
    execute(database, "update trunk_habit set answers_options = null");
  }

  private static MigrationVersion version(Step step) {
    return MigrationVersion.fromVersion(Integer.toString(step.version()));
  }

  /// The tables that it changes.
  private static Set<String> changed(MigrationInfo migration) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            MigrationsIT.class.getResourceAsStream("/db/migration/" + migration.getScript()))) {
      String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return CHANGED
          .matcher(sql)
          .results()
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    }
  }

  private static Flyway flyway(Config.Database database, MigrationVersion to) {
    return Flyway.configure(MigrationsIT.class.getClassLoader())
        .dataSource("jdbc:" + database.url(), database.user(), database.password().reveal())
        .locations("classpath:db/migration")
        .target(to)
        .load();
  }

  private static Connection connect(Config.Database database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + database.url(), database.user(), database.password().reveal());
  }

  private static void execute(Config.Database database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Config.Database database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          columns.add(String.valueOf(result.getString(column)));
        }
        rows.add(String.join(",", columns));
      }
      return rows;
    }
  }
}
