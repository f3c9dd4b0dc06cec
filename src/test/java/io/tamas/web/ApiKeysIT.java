package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeysIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(ApiKeysIT.class);
  private static final Set<Scope> ALL = Set.of(Scope.READ, Scope.WRITE);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);

  private final ApiKeys keys = new ApiKeys(DATABASE);

  @BeforeEach
  void empty() {
    DATABASE.await(DATABASE.pool().query("delete from api_key").execute());
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(10, TimeUnit.SECONDS);
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aCreatedKeySignsInAndIsKeptOnlyAsHash() throws Exception {
    Secret key = keys.create("crm", Set.of(Scope.READ), Optional.empty());
    assertEquals(new Principal("crm", Set.of(Scope.READ)), signIn(key.reveal()));
    assertEquals(43, key.reveal().length());
    String stored =
        DATABASE
            .await(DATABASE.pool().query("select api_key::text from api_key").execute())
            .iterator()
            .next()
            .getString(0);
    assertFalse(stored.contains(key.reveal()));
  }

  @Test
  void anotherKeyIsRefused() {
    String key = keys.create("crm", ALL, Optional.empty()).reveal();
    for (String wrong : List.of(key + "x", key.substring(1), "", "x")) {
      assertEquals(401, assertThrows(Problem.class, () -> signIn(wrong)).status());
    }
  }

  @Test
  void theConfiguredKeyIsEnsuredAgainAndAgain() throws Exception {
    keys.ensure("first", new Secret("one"), ALL);
    keys.ensure("first", new Secret("one"), ALL);
    assertEquals("first", signIn("one").name());
    keys.ensure("first", new Secret("two"), ALL);
    assertEquals("first", signIn("two").name());
    assertEquals(List.of("first"), keys.list().stream().map(ApiKeys.ApiKey::name).toList());
    assertThrows(
        Problem.class, () -> new ApiKeys(DATABASE).authenticate("one").await(5, TimeUnit.SECONDS));
  }

  @Test
  void aDeletedKeyIsRefused() throws Exception {
    String key = keys.create("crm", ALL, Optional.empty()).reveal();
    signIn(key);
    assertTrue(keys.delete("crm"));
    assertFalse(keys.delete("crm"));
    assertEquals(401, assertThrows(Problem.class, () -> signIn(key)).status());
  }

  @Test
  void whatChangedOnAnotherNodeIsSeenWhenKeysAreLookedUpAgain() throws Exception {
    String kept = keys.create("kept", ALL, Optional.empty()).reveal();
    String deleted = keys.create("deleted", ALL, Optional.empty()).reveal();
    signIn(kept);
    signIn(deleted);
    ApiKeys elsewhere = new ApiKeys(DATABASE);
    elsewhere.delete("deleted");
    DATABASE.await(DATABASE.pool().query("update api_key set scopes = array['read']").execute());
    assertEquals(
        Map.of(kept, new Principal("kept", Set.of(Scope.READ))),
        keys.again(Set.of(kept, deleted, "never")).await(10, TimeUnit.SECONDS));
  }

  @Test
  void aNameIsTakenOnce() {
    keys.create("crm", ALL, Optional.empty());
    assertEquals(
        409, assertThrows(Problem.class, () -> keys.create("crm", ALL, Optional.empty())).status());
    assertEquals(
        422,
        assertThrows(Problem.class, () -> keys.create("../x", ALL, Optional.empty())).status());
  }

  private Principal signIn(String key) throws Exception {
    return keys.authenticate(key).await(10, TimeUnit.SECONDS);
  }
}
