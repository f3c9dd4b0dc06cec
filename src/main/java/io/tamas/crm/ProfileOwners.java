package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/// The extension of whoever looks after a profile.
public final class ProfileOwners {
  /// Before owners were users, they were extensions.
  private static final String QUERY =
      """
      select owner_account is not null or owner is not null,
        case when owner_account is null then owner
          else (select extension from user_account where id = owner_account) end
      from profile where id = $1
      """;

  private final Database database;

  public ProfileOwners(Database database) {
    this.database = database;
  }

  /// @param named whether somebody looks after it
  /// @param extension of that user, if they have one
  public record Owner(boolean named, Optional<ExtensionNumber> extension) {
    static final Owner NOBODY = new Owner(false, Optional.empty());
  }

  /// Does not wait.
  public Future<Owner> of(long profile) {
    return database
        .pool()
        .preparedQuery(QUERY)
        .execute(Tuple.of(profile))
        .map(rows -> rows.stream().findFirst().map(ProfileOwners::owner).orElse(Owner.NOBODY));
  }

  private static Owner owner(Row row) {
    return new Owner(
        row.getBoolean(0),
        Optional.ofNullable(row.getString(1))
            .filter(ExtensionNumber::isValid)
            .map(ExtensionNumber::new));
  }
}
