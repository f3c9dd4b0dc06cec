package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.event.Event;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.lab.Eventually;
import io.tamas.number.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The budget is long here so that a busy machine does not fail what is not about time.
class CallerLookupIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallerLookupIT.class);
  private static final Duration AMPLE = Duration.ofSeconds(5);

  @Test
  void profilesThatShareANumberAreRankedByPriorityThenLastContactThenAge() throws Exception {
    try (LookupNode node = node(false)) {
      String number = "+989120000001";
      node.create("first", 0, number);
      Profile lately = node.create("lately", 0, number);
      node.create("preferred", 5, number);
      node.create("other", 9, "+989120000002");
      node.database.inTransaction(tx ->
          tx.await(
              LastContacts.store(tx.connection(), Map.of(lately.id(), Instant.now())).map(lately)));

      assertEquals(List.of("preferred", "lately", "first"), node.find(number, "c"));
    }
  }

  @Test
  void whoSomebodySaysItIsComesFirstOfThoseWhoShareTheNumber() throws Exception {
    try (LookupNode node = node(false)) {
      String number = "+989120000091";
      node.create("first", 0, number);
      Profile second = node.create("second", 0, number);
      assertEquals(List.of("first", "second"), node.find(number, "c"));
      assertTrue(node.profiles.remember(second.id(), new PhoneNumber(number)));
      Eventually.eventually(
          "the second comes first",
          AMPLE,
          () -> node.find(number, "c").equals(List.of("second", "first")));
    }
  }

  @Test
  void aNameOfBeforeIsFoundAsItCanBeSeen() throws Exception {
    try (LookupNode node = node(false)) {
      node.create("\u202eSara\uFEFF", 0, "+989120000003");
      assertEquals(List.of("Sara"), node.find("+989120000003", "c"));
    }
  }

  @Test
  void secondAnswerComesFromMemoryAlsoForAnUnknownCaller() throws Exception {
    try (LookupNode node = node(false)) {
      node.create("Known", 0, "+989120000011");
      for (String number : List.of("+989120000011", "+989120000012")) {
        Eventually.eventually(
            "answered from memory",
            Duration.ofSeconds(5),
            () -> {
              long before = node.answers("memory");
              node.find(number, "c");
              return node.answers("memory") > before;
            });
      }
      assertEquals(List.of("Known"), node.find("+989120000011", "c"));
      assertEquals(List.of(), node.find("+989120000012", "c"));
    }
  }

  @Test
  void changeOnAnotherNodeIsSeen() throws Exception {
    try (LookupNode here = node(false);
        LookupNode there = node(false)) {
      String number = "+989120000021";
      assertEquals(List.of(), here.find(number, "c"));

      long id = there.create("Created", 0, number).id();
      seen(here, number, List.of("Created"));
      there.profiles.update(id, Optional.empty(), LookupNode.content("Renamed", 0, number));
      seen(here, number, List.of("Renamed"));
      there.profiles.update(
          id, Optional.empty(), LookupNode.content("Renamed", 0, "+989120000022"));
      seen(here, number, List.of());
      seen(here, "+989120000022", List.of("Renamed"));
      there.profiles.delete(id, Optional.empty());
      seen(here, "+989120000022", List.of());
    }
  }

  @Test
  void aLineThatIsShownInTwoFormsIsOnePerson() throws Exception {
    try (LookupNode here = node(true);
        LookupNode there = node(false)) {
      long id = there.create("Ana", 0, "+5491123450001").id();
      seen(here, "+5491123450001", List.of("Ana"));
      seen(here, "+541123450001", List.of("Ana"));
      there.profiles.delete(id, Optional.empty());
      there.create("Luis", 0, "+541123450001");
      seen(here, "+541123450001", List.of("Luis"));
      seen(here, "+5491123450001", List.of("Luis"));

      here.find("+5491123450002", "c");
      seen(here, "+541123450002", List.of("+541123450002"));
      assertEquals(
          Optional.empty(), unknownCallers(here).make(new PhoneNumber("+5491123450002").line()));
    }
  }

  @Test
  void unknownCallerGetsOneProfileHoweverManyCallsCome() throws Exception {
    try (LookupNode one = node(true);
        LookupNode other = node(true);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String number = "+989120000031";
      long before = newest(one);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        LookupNode node = i % 2 == 0 ? one : other;
        calls.add(threads.submit(() -> node.find(number, "c")));
      }
      for (Future<?> call : calls) {
        call.get(10, TimeUnit.SECONDS);
      }

      seen(one, number, List.of(number));
      seen(other, number, List.of(number));
      List<Event> told = one.database.await(new Events(one.database).after(before, 10));
      assertEquals(List.of(Known.PROFILE_CREATED), told.stream().map(Event::type).toList());
      Profile made =
          one.profiles
              .lists()
              .list(
                  new ProfileSearch(
                      Optional.empty(),
                      List.of(),
                      Optional.of(new PhoneNumber(number)),
                      new ProfileFilter(
                          Optional.of("unknown"),
                          Optional.empty(),
                          Optional.empty(),
                          Optional.empty()),
                      Optional.empty(),
                      10))
              .items()
              .getFirst();
      assertEquals(number, made.name());
    }
  }

  @Test
  void numberThatAProfileHasMeanwhileGetsNoNewProfile() throws Exception {
    try (LookupNode node = node(true)) {
      PhoneNumber number = new PhoneNumber("+989120000041");
      node.create("By hand", 0, number.e164());
      UnknownCallers unknown = unknownCallers(node);

      assertEquals(Optional.empty(), unknown.make(number));
    }
  }

  @Test
  void numberThatItsMadeProfileLostCanBeMadeForAgain() throws Exception {
    try (LookupNode node = node(true)) {
      PhoneNumber number = new PhoneNumber("+989120000051");
      UnknownCallers unknown = unknownCallers(node);
      long id = unknown.make(number).orElseThrow().id();
      assertEquals(Optional.empty(), unknown.make(number));

      node.profiles.update(
          id, Optional.empty(), LookupNode.content("Corrected", 0, "+989120000052"));

      assertTrue(unknown.make(number).isPresent());
    }
  }

  @Test
  void withTheSwitchOffNoProfileIsMade() throws Exception {
    try (LookupNode node = node(false)) {
      long before = newest(node);
      node.find("+989120000061", "c");
      node.create("later", 0, "+989120000062");

      List<Event> told = node.database.await(new Events(node.database).after(before, 10));
      assertEquals(1, told.size());
    }
  }

  @Test
  void theFirstCallOfAnUnknownCallerIsTiedToTheProfileThatItMakes() throws Exception {
    try (LookupNode node = node(true)) {
      node.find("+989120000071", "call-1");
      Eventually.eventually("it is tied", Duration.ofSeconds(5), () -> !node.tied.isEmpty());

      LookupNode.Tied tied = node.tied.getFirst();
      assertEquals("call-1", tied.call());
      assertEquals(tied.caller(), node.lookup.inDatabase(new PhoneNumber("+989120000071")));
      assertEquals("+989120000071", tied.caller().likeliest().orElseThrow().name());
    }
  }

  private static UnknownCallers unknownCallers(LookupNode node) {
    return new UnknownCallers(
        node.database, new LateWork(), () -> Optional.of("unknown"), (_, _, _) -> {}, node.metrics);
  }

  private static LookupNode node(boolean createUnknown) throws Exception {
    return new LookupNode(CONFIG, AMPLE, createUnknown);
  }

  private static void seen(LookupNode node, String number, List<String> names) {
    Eventually.eventually(
        number + " is " + names, Duration.ofSeconds(5), () -> node.find(number, "c").equals(names));
  }

  private static long newest(LookupNode node) {
    return node.database.await(new Events(node.database).range()).newest();
  }
}
