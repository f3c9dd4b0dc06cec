package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.CallFold.Moment;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Progress;
import io.tamas.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is seen of a call while it is in progress: who talks and who waits.
class CallFoldProgressTest {
  /// Each state that is seen, one after the other, by calls that were captured.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hold                     | -, TALKING, ON_HOLD +989120000046, TALKING, -
          park-retrieve            | -, TALKING, -, ON_HOLD +989120000033, TALKING, -
          attended                 | -, TALKING, ON_HOLD +989120000020, TALKING, -, TALKING, -
          attended-caller-hangs-up | -, TALKING, ON_HOLD +989120000054, OTHERS_TALKING, -, OTHERS_TALKING, -
          attended-swap            | -, TALKING, ON_HOLD +989120000063, TALKING, -, ON_HOLD +989120000063, TALKING, -, TALKING, -
          blind                    | -, TALKING, ON_HOLD +989120000002, TALKING, ON_HOLD +989120000002, TALKING, -
          attended-mailbox         | -, TALKING, ON_HOLD +989120000041, PROMPT, -
          """)
  void eachStateIsSeen(String journal, String states) {
    List<String> seen = new ArrayList<>();
    CallFold fold = null;
    for (JournalEvent row : CapturedJournals.rows("moves/" + journal)) {
      fold = fold == null ? new CallFold(row) : fold;
      List<Moment> moments = fold.apply(row);
      String now = fold.record().map(CallFoldProgressTest::text).orElse("-");
      // each of these is an event
      boolean isShown = now.startsWith("O") && !now.equals(seen.getLast());
      assertTrue(!isShown || moments.contains(Moment.CHANGED), now);
      if (seen.isEmpty() || !seen.getLast().equals(now)) {
        seen.add(now);
      }
    }
    assertEquals(states, String.join(", ", seen));
  }

  /// Each of the two has put the other on hold.
  @Test
  void whoeverBeginsToWaitIsAnEvent() {
    String music = "{\"class\":\"default\"}";
    Story story = Story.ringing101("main-1.1").answers("101").after(1_000);
    CallFold fold = CallFold.of(story.rows());
    int before = story.rows().size();
    story
        .row("STREAM_BEGIN", "PJSIP/101-00000001", "main-1.1-101", "AppDial", "", music)
        .after(1_000)
        .row("STREAM_BEGIN", "PJSIP/trunk-demo-00000000", "main-1.1", "Dial", "", music);
    for (JournalEvent row : story.rows().subList(before, before + 2)) {
      assertEquals(List.of(Moment.CHANGED), fold.apply(row));
    }
    assertEquals(2, fold.record().orElseThrow().when().progress().orElseThrow().waiting().size());
  }

  /// Asterisk's manager interface may be faster than its journal, or slower.
  @ParameterizedTest(name = "{0} rows after the parking")
  @ValueSource(ints = {0, 1, 3})
  void theSlotOfAParkedPartyIsSeenWhileItIsParked(int later) {
    List<JournalEvent> rows = new ArrayList<>(CapturedJournals.rows("moves/park-retrieve"));
    int parking = 0;
    while (rows.get(parking).type() != Cel.PARK_START) {
      parking++;
    }
    JournalEvent parked = rows.get(parking);
    rows.add(parking + later, noted(parked, "701"));
    Set<String> seen = new LinkedHashSet<>();
    CallFold fold = new CallFold(rows.getFirst());
    for (JournalEvent row : rows) {
      List<Moment> moments = fold.apply(row);
      String now = slot(fold.record().orElseThrow());
      assertTrue(!seen.add(now) || now.equals("-") || moments.contains(Moment.CHANGED));
    }
    assertEquals(Set.of("-", "701"), seen);
    CallRecord ended = fold.record().orElseThrow();
    assertEquals("-", slot(ended));
    assertEquals(
        List.of(new CallRecord.Parking(after(parked), "+989120000033", "701")), ended.parkings());
  }

  private static JournalEvent noted(JournalEvent parked, String slot) {
    String extra = Json.write(Map.of("extra", slot));
    return new JournalEvent(
        after(parked),
        Note.PARKED,
        parked.channel(),
        parked.uniqueId(),
        parked.linkedId(),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        extra);
  }

  private static Instant after(JournalEvent parked) {
    return parked.at().plusMillis(3);
  }

  private static String slot(CallRecord call) {
    return call.when().progress().flatMap(Progress::slot).orElse("-");
  }

  @Test
  void talkAndHoldGrowUntilTheMomentOfTheQuestion() {
    CallRecord talking = Story.ringing101("main-1.1").answers("101").after(2_000).record();
    Progress progress = talking.when().progress().orElseThrow();
    assertEquals(Set.of(talking.who().caller(), "101"), Set.copyOf(progress.talking()));
    Instant later = progress.countedTo().plusSeconds(5);
    CallRecord now = talking.at(later);
    assertEquals(talking.when().talk().plusSeconds(5), now.when().talk());
    assertEquals(Duration.ZERO, now.when().hold());
    assertEquals(later, now.when().progress().orElseThrow().countedTo());
    assertEquals(progress.since(), now.when().progress().orElseThrow().since());
    assertEquals(talking, talking.at(progress.countedTo().minusSeconds(1)));
  }

  /// What is shown of the legs between two rows is what the second one finds.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold",
        "park-retrieve",
        "attended",
        "attended-caller-hangs-up",
        "attended-swap",
        "blind",
        "attended-mailbox"
      })
  void soDoesTheTalkOfTheLegsThatTalk(String journal) {
    List<JournalEvent> rows = CapturedJournals.rows("moves/" + journal);
    CallFold fold = new CallFold(rows.getFirst());
    Duration grown = Duration.ZERO;
    for (JournalEvent row : rows) {
      Optional<CallRecord> before = fold.record();
      Map<String, Duration> stored = before.map(CallFoldProgressTest::talkOfLegs).orElse(Map.of());
      Map<String, Duration> shown =
          before.map(call -> talkOfLegs(call.at(row.at()))).orElse(Map.of());
      fold.apply(row);
      Map<String, Duration> found = talkOfLegs(fold.record().orElseThrow());
      for (String leg : shown.keySet()) {
        if (found.containsKey(leg)) {
          // a leg may turn out to have been connected by the other end of a Local channel, too
          Duration off = found.get(leg).minus(shown.get(leg)).abs();
          assertTrue(off.compareTo(Duration.ofMillis(1)) < 0, () -> off + " at " + row);
          grown = grown.plus(found.get(leg)).minus(stored.get(leg));
        }
      }
    }
    assertTrue(grown.isPositive());
  }

  private static Map<String, Duration> talkOfLegs(CallRecord call) {
    Map<String, Duration> talk = new HashMap<>();
    call.legs().forEach(leg -> talk.put(leg.channel() + " " + leg.startedAt(), leg.talk()));
    return talk;
  }

  private static String text(CallRecord call) {
    Optional<Progress> progress = call.when().progress();
    return progress
        .map(now -> (now.state() + " " + String.join(" ", now.waiting())).strip())
        .orElse("-");
  }
}
