package io.tamas.user;

import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.user.User.Settings;
import io.tamas.web.Grant;
import io.tamas.web.Role;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Users to and from rows of the table `user_account`.
final class UserRows {
  /// An extension that was made after the user was given its number is another one.
  static final String EXTENSION =
      """
      left join company_item i
        on i.kind = 'extension' and i.name = u.extension and i.created_at <= u.extension_since
      """;

  /// Whether the settings of the company demand one-time codes of users of the role `u.role`.
  static final String DEMANDED =
      """
      exists (
        select from company_item d
        where d.kind = 'settings' and d.name = 'company' and d.body -> 'codesFor' ? u.role)
      """;

  static final String USER =
      """
      select u.id, u.name, u.display_name, u.mobile, u.email, u.role, i.name as extension,
        u.settings::text as settings, u.grants,
        array(select g.name from user_group g where g.account = u.id) as groups, u.one_time is not null as one_time, u.created_at, u.version
      from user_account u
      """
          + EXTENSION;

  private UserRows() {}

  static User user(Row row) {
    return new User(
        row.getLong("id"),
        row.getString("name"),
        Optional.ofNullable(row.getString("display_name")),
        Optional.ofNullable(row.getString("mobile")).map(PhoneNumber::new),
        Optional.ofNullable(row.getString("email")),
        Role.of(row.getString("role")),
        Optional.ofNullable(row.getString("extension")).map(ExtensionNumber::new),
        new TreeSet<>(List.of(row.getArrayOfStrings("groups"))),
        grants(row),
        Json.read(row.getString("settings"), Settings.class),
        row.getBoolean("one_time"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getLong("version"));
  }

  static Set<Grant> grants(Row row) {
    return Stream.of(row.getArrayOfStrings("grants"))
        .map(Grant::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// name, display_name, mobile, email, role, settings, extension, grants.
  static Tuple values(String name, User.Content content) {
    return Tuple.of(
        name,
        content.displayName().orElse(null),
        content.mobile().map(PhoneNumber::e164).orElse(null),
        content.email().orElse(null),
        content.role().name(),
        Json.write(content.settings()),
        content.extension().map(ExtensionNumber::digits).orElse(null),
        content.grants().stream().map(Grant::name).toArray(String[]::new));
  }
}
