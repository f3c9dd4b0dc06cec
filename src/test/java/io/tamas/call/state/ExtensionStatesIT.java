package io.tamas.call.state;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.phones.PhoneState;
import io.tamas.call.state.ExtensionState.State;
import io.tamas.company.Company;
import io.tamas.company.Extension;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.event.Event;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Extension states are published, with a PostgreSQL that is stopped and started.
class ExtensionStatesIT {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static final Vertx VERTX = Vertx.vertx();

  private TestServer postgres = TestServer.start(folder.resolve("data-" + System.nanoTime()));
  private Database database = new Database(VERTX, postgres.fresh("states"));
  private ExtensionStates states = states();

  @BeforeEach
  void start() {
    states.start();
  }

  @AfterEach
  void stop() throws Exception {
    states.close();
    database.close().await(5, TimeUnit.SECONDS);
    postgres.close();
  }

  @Test
  void eachChangeIsAnEventAndTheListShowsTheNewest() {
    states.company(company(extension("101", false), extension("102", false)));
    states.state(number("101"), PhoneState.IDLE, NOON);
    awaitPublished("101 idle");
    states.state(number("101"), PhoneState.RINGING, NOON.plusSeconds(1));
    awaitPublished("101 idle", "101 ringing");
    states.state(number("101"), PhoneState.RINGING, NOON.plusSeconds(2));

    assertEquals(
        List.of(
            new ExtensionState(number("101"), State.RINGING, Optional.of(NOON.plusSeconds(1))),
            new ExtensionState(number("102"), State.UNKNOWN, Optional.empty())),
        states.list());
    assertEquals(
        "{\"extension\":\"101\",\"state\":\"ringing\",\"since\":\"2026-11-21T12:00:01Z\"}",
        Json.write(states.list().getFirst()));
  }

  @Test
  void doNotDisturbIsAStateOfAnIdlePhone() {
    states.company(company(extension("101", true)));
    states.state(number("101"), PhoneState.IDLE, NOON);
    awaitPublished("101 do-not-disturb");
    states.state(number("101"), PhoneState.IN_USE, NOON);
    awaitPublished("101 do-not-disturb", "101 in-use");
    states.company(company(extension("101", false)));
    states.state(number("101"), PhoneState.IDLE, NOON);

    awaitPublished("101 do-not-disturb", "101 in-use", "101 idle");
  }

  @Test
  void restartPublishesNothingTwiceAndLosesNothing() {
    states.company(company(extension("101", false), extension("102", false)));
    states.state(number("101"), PhoneState.IDLE, NOON);
    states.state(number("102"), PhoneState.IDLE, NOON);
    eventually("published", SOON, () -> published().size() == 2);
    states.close();

    states = states();
    states.company(company(extension("101", false), extension("102", false)));
    states.state(number("101"), PhoneState.IDLE, NOON.plusSeconds(60));
    states.state(number("102"), PhoneState.UNREACHABLE, NOON.plusSeconds(60));
    states.start();

    eventually("published", SOON, () -> published().size() == 3);
    assertEquals("102 unreachable", published().getLast());
  }

  @Test
  void withoutPostgresTheListStaysCurrentAndOnlyTheNewestStateWaits() {
    states.company(company(extension("101", false), extension("102", false)));
    states.state(number("101"), PhoneState.IDLE, NOON);
    awaitPublished("101 idle");
    postgres.stop();
    for (int call = 0; call < 50; call++) {
      states.state(number("101"), PhoneState.RINGING, NOON.plusSeconds(call));
      states.state(number("101"), PhoneState.IN_USE, NOON.plusSeconds(call));
    }
    states.state(number("102"), PhoneState.RINGING, NOON);
    states.state(number("102"), PhoneState.BUSY, NOON);
    assertEquals(State.IN_USE, states.list().getFirst().state());

    postgres.start();
    eventually("published", SOON, () -> published().size() == 3);
    assertEquals(Set.of("101 idle", "101 in-use", "102 busy"), Set.copyOf(published()));
  }

  @Test
  void removedExtensionIsForgotten() {
    states.company(company(extension("101", false)));
    states.state(number("101"), PhoneState.IDLE, NOON);
    awaitPublished("101 idle");
    states.company(company());
    assertEquals(List.of(), states.list());
    ExtensionStateRows rows = new ExtensionStateRows(database);
    eventually("its row is gone", SOON, () -> rows.all().isEmpty());

    states.company(company(extension("101", false)));
    states.state(number("101"), PhoneState.IDLE, NOON.plusSeconds(9));
    awaitPublished("101 idle", "101 idle");
  }

  private ExtensionStates states() {
    return new ExtensionStates(database, new SimpleMeterRegistry());
  }

  private void awaitPublished(String... expected) {
    eventually("published " + List.of(expected), SOON, () -> published().equals(List.of(expected)));
  }

  private List<String> published() {
    List<String> published = new ArrayList<>();
    for (Event event : database.await(new Events(database).after(0, 1_000))) {
      assertEquals(Known.EXTENSION_STATE, event.type());
      ExtensionState state = Json.read(event.data(), ExtensionState.class);
      assertEquals("extension:" + state.extension(), event.subject());
      published.add(state.extension() + " " + state.state().text());
    }
    return published;
  }

  private static ExtensionNumber number(String digits) {
    return new ExtensionNumber(digits);
  }

  private static Extension extension(String number, boolean doNotDisturb) {
    return Extension.of(number(number), "Somebody").withDoNotDisturb(doNotDisturb);
  }

  private static Company company(Extension... extensions) {
    return Company.of(7, List.of(extensions));
  }
}
