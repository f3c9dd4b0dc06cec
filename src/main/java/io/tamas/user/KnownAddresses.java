package io.tamas.user;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.number.IpRange;
import io.vertx.sqlclient.Tuple;
import java.util.stream.Collectors;

/// From which addresses users have signed in during the last 30 days, at most 50 of one user.
///
/// Beyond a restart, and for all nodes: [SignInLimits] asks for one that it does not remember.
final class KnownAddresses {
  private static final int NETWORK_BITS = 64;
  private static final int WORDS = NETWORK_BITS / 16;

  private static final String REMEMBER =
      """
      with forgotten as (
        delete from user_address
        where account = $1 and network <> $2
          and (last_at <= now() - interval '30 days'
            or network in (
              select network from user_address where account = $1 and network <> $2
              order by last_at desc offset 49)))
      insert into user_address (account, network) values ($1, $2)
      on conflict (account, network) do update set last_at = now()
      """;

  private static final String KNOWN =
      """
      select from user_address a join user_account u on u.id = a.account
      where u.name = $1 and a.network = $2 and a.last_at > now() - interval '30 days'
      """;

  private final Database database;

  KnownAddresses(Database database) {
    this.database = database;
  }

  static void remember(Transaction tx, long account, String address) {
    tx.execute(REMEMBER, Tuple.of(account, network(address)));
  }

  /// @throws io.tamas.db.DatabaseFault if PostgreSQL does not answer
  boolean isKnown(String user, String network) {
    return database
            .await(database.pool().preparedQuery(KNOWN).execute(Tuple.of(user, network)))
            .size()
        > 0;
  }

  /// Whoever has one address of IPv6 has all of its network.
  static String network(String address) {
    return address.contains(":")
        ? IpRange.parse(address + "/" + NETWORK_BITS).map(KnownAddresses::text).orElse(address)
        : address;
  }

  private static String text(IpRange range) {
    return range.words().stream()
            .limit(WORDS)
            .map(Integer::toHexString)
            .collect(Collectors.joining(":"))
        + "::/"
        + NETWORK_BITS;
  }
}
