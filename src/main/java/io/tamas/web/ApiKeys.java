package io.tamas.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.db.Transaction;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Owner;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The API keys. A key is 256 random bits, so its plain SHA-256 can neither be guessed nor
/// reversed.
///
/// Keys are cached for a short time: a key that another node deleted works at most that much
/// longer, and a cached one that long without PostgreSQL. One that belongs to an extension is not
/// cached: it ends with the extension, at once and on all nodes.
public final class ApiKeys implements Authenticator {
  private static final Duration REMEMBERED = Duration.ofSeconds(30);
  private static final int MAX_REMEMBERED = 10_000;
  private static final int KEY_BYTES = 32;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /// The maximum of keys: all are listed at once.
  private static final int MAX = 1_000;

  private static final Changes UNNOTED =
      new Changes() {
        @Override
        public void created(
            Transaction tx, String key, Set<Scope> scopes, Optional<ExtensionNumber> extension) {}

        @Override
        public void deleted(Transaction tx, String key) {}
      };

  private static final String FIND =
      """
      select k.name, k.hash, k.scopes, k.extension, i.created_at as since
      from api_key k left join company_item i on i.kind = k.part_kind and i.name = k.extension
      where k.hash = any($1)
      """;

  private static final String INSERT =
      """
      insert into api_key (name, hash, scopes, extension)
      select $1, $2, $3, $4 where (select count(*) from api_key) < $5
      """;

  /// Replaces the key of that name.
  private static final String ENSURE =
      """
      insert into api_key (name, hash, scopes) values ($1, $2, $3)
      on conflict (name) do update set hash = excluded.hash, scopes = excluded.scopes
      where api_key.hash <> excluded.hash or api_key.scopes <> excluded.scopes
      """;

  private static final String LIST =
      "select name, scopes, extension, created_at from api_key order by name limit $1";
  private static final String DELETE = "delete from api_key where name = $1";

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  /// What was read before one of them is not cached after it.
  private final AtomicLong deletions = new AtomicLong();

  private volatile Changes changes = UNNOTED;

  private final Cache<Buffer, Optional<Principal>> remembered =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MAX_REMEMBERED).build();

  /// A key as it is listed, without the secret, which only its holder knows.
  ///
  /// @param extension the only extension for which it makes calls and acts on them
  public record ApiKey(
      String name, Set<Scope> scopes, Optional<ExtensionNumber> extension, Instant createdAt) {}

  /// Notes each change in its transaction.
  public interface Changes {
    void created(
        Transaction tx, String key, Set<Scope> scopes, Optional<ExtensionNumber> extension);

    void deleted(Transaction tx, String key);
  }

  public ApiKeys(Database database) {
    this.database = database;
  }

  /// Has changes noted from now on.
  public void notedBy(Changes by) {
    changes = by;
  }

  @Override
  public Future<Principal> authenticate(String key) {
    Buffer hash = hash(key);
    Optional<Principal> known = remembered.getIfPresent(hash);
    if (known != null) {
      return answer(known);
    }
    long before = deletions.get();
    return database
        .pool()
        .preparedQuery(FIND)
        .execute(Tuple.of(new Buffer[] {hash}))
        .transform(found -> {
          if (found.failed()) {
            return Future.failedFuture(DatabaseFault.of(found.cause()));
          }
          Optional<Principal> principal = principal(found.result(), hash);
          if (deletions.get() == before && principal.flatMap(Principal::own).isEmpty()) {
            remembered.put(hash, principal);
          }
          return answer(principal);
        });
  }

  @Override
  public Future<Map<String, Principal>> again(Set<String> keys) {
    Buffer[] hashes = keys.stream().map(ApiKeys::hash).toArray(Buffer[]::new);
    return database
        .pool()
        .preparedQuery(FIND)
        .execute(Tuple.of(hashes))
        .map(rows -> {
          Map<String, Principal> found = new HashMap<>();
          for (String key : keys) {
            principal(rows, hash(key)).ifPresent(principal -> found.put(key, principal));
          }
          return found;
        });
  }

  /// Creates a key with a new name; it is returned only once.
  ///
  /// A key for an extension is deleted together with it, by the database itself.
  ///
  /// @throws Problem 409 if the name is taken or there are too many, 422 if it is not valid or the
  ///   extension does not exist
  public Secret create(String name, Set<Scope> scopes, Optional<ExtensionNumber> extension) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Tuple row =
        row(checked(name), key, scopes)
            .addString(extension.map(ExtensionNumber::digits).orElse(null))
            .addInteger(MAX);
    try {
      database.inTransaction(tx -> {
        if (tx.execute(INSERT, row).rowCount() == 0) {
          throw Problem.conflict("there are " + MAX + " keys already");
        }
        changes.created(tx, name, scopes, extension);
        return tx;
      });
    } catch (DatabaseFault.Refused fault) {
      if (fault.refersToNothing()) {
        throw Problem.invalid(
            List.of(
                new Problem.Fault("/extension", "must be the number of an existing extension")));
      }
      throw fault.isDuplicate() ? Problem.conflict("a key named " + name + " exists") : fault;
    }
    return new Secret(key);
  }

  /// Stores a given key under a name, replacing any other key of that name. Can be repeated.
  public void ensure(String name, Secret key, Set<Scope> scopes) {
    database.await(
        database.pool().preparedQuery(ENSURE).execute(row(checked(name), key.reveal(), scopes)));
  }

  public List<ApiKey> list() {
    return database.await(database.pool().preparedQuery(LIST).execute(Tuple.of(MAX))).stream()
        .map(ApiKeys::apiKey)
        .toList();
  }

  /// False if there was no key of that name.
  public boolean delete(String name) {
    boolean isDone =
        database.inTransaction(tx -> {
          boolean deleted = tx.execute(DELETE, Tuple.of(name)).rowCount() == 1;
          if (deleted) {
            changes.deleted(tx, name);
          }
          return deleted;
        });
    forget();
    return isDone;
  }

  /// Keys may have been deleted, such as together with their extension: each is looked up again.
  public void forget() {
    deletions.incrementAndGet();
    remembered.invalidateAll();
  }

  private static Future<Principal> answer(Optional<Principal> principal) {
    return principal
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(Problem.unauthorized("the API key is not known")));
  }

  private static Optional<Principal> principal(RowSet<Row> rows, Buffer hash) {
    for (Row row : rows) {
      byte[] stored = row.getBuffer("hash").getBytes();
      if (MessageDigest.isEqual(stored, hash.getBytes())) {
        return Optional.of(new Principal(row.getString("name"), scopes(row), owner(row)));
      }
    }
    return Optional.empty();
  }

  private static ApiKey apiKey(Row row) {
    OffsetDateTime created = row.getOffsetDateTime("created_at");
    return new ApiKey(row.getString("name"), scopes(row), extension(row), created.toInstant());
  }

  private static Optional<Owner> owner(Row row) {
    return extension(row)
        .map(number -> new Owner(number, row.getOffsetDateTime("since").toInstant()));
  }

  private static Optional<ExtensionNumber> extension(Row row) {
    return Optional.ofNullable(row.getString("extension")).map(ExtensionNumber::new);
  }

  private static Set<Scope> scopes(Row row) {
    return Arrays.stream(row.getArrayOfStrings("scopes"))
        .map(Scope::of)
        .collect(Collectors.toSet());
  }

  private static Tuple row(String name, String key, Set<Scope> scopes) {
    String[] names = scopes.stream().map(Scope::toString).toArray(String[]::new);
    return Tuple.of(name, hash(key), names);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid(
          List.of(
              new Problem.Fault(
                  "/name", "must be 1 to 40 of a-z, 0-9 and -, not starting with -")));
    }
    return name;
  }

  private static Buffer hash(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Buffer.buffer(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
