package io.tamas.call;

import static io.tamas.call.recording.CallCell.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalLines;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CallFoldTest;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.fold.Story;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Party;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.recording.CallCell;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallJournalIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallJournalIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final List<String> ANSWERED_CALL =
      List.of("call.started", "call.ringing", "call.answered", "call.ended");
  private static final String ID = "main-1795225000.1";

  @TempDir Path temp;
  private CallCell cell;

  @BeforeEach
  void start() {
    cell = new CallCell(temp, DATABASE, Duration.ofMillis(300));
    cell.forgetEverything();
    cell.start();
  }

  @AfterEach
  void stop() throws Exception {
    cell.stop();
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void capturedCallsBecomeTheirRecordsAndRecomputingFindsNoDifference() {
    CallFoldTest.CAPTURED.forEach(cell::writeCaptured);
    int all = CallFoldTest.CAPTURED.size();
    until("all calls", () -> cell.column("select id from call").size() == all);

    for (String name : CallFoldTest.CAPTURED) {
      CallRecord folded = CallFold.fold(CapturedJournals.rows(name)).orElseThrow();
      assertEquals(Optional.of(folded), cell.calls.find(folded.id()), name);
    }
    untilNoneIsLive();
    assertEquals(new Refold.Report(all, 0, List.of()), new Refold(DATABASE, cell.calls).run(false));
  }

  @Test
  void recomputingCorrectsAWrongRecord() {
    cell.writeCaptured("missed");
    cell.writeCaptured("answered");
    until("calls", () -> cell.column("select id from call").size() == 2);
    CallRecord right = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    cell.column(
        "update call set status = 'BUSY', record = record || '{\"status\":\"BUSY\"}'"
            + " where id = '"
            + right.id()
            + "' returning id");
    var refold = new Refold(DATABASE, cell.calls);

    assertEquals(new Refold.Report(2, 1, List.of(right.id())), refold.run(true));
    assertEquals(new Refold.Report(2, 0, List.of()), refold.run(false));
    assertEquals(Optional.of(right), cell.calls.find(right.id()));
    assertEquals(
        List.of("MISSED"), cell.column("select status from call where id = '" + right.id() + "'"));
  }

  @Test
  void endOfAnAnsweredCallIsTheLastContactOfItsProfile() {
    cell.column(
        "insert into profile (id, kind, name, search, fields) overriding system value"
            + " values (17, 'person', 'Sara', 'sara', '{}') returning name");
    Story story = Story.ringing101(ID).after(3_000).answers("101").after(9_000);
    cell.write(story.callerHangsUp().phoneEnds("101", 16, "").ends().rows());
    until("ended", () -> cell.calls.find(ID).isPresent());

    assertEquals(
        List.of("Sara"),
        cell.column(
            "select name from profile, call"
                + " where profile.id = 17 and last_contact = (record ->> 'endedAt')::timestamptz"));
  }

  @Test
  void eachEventContainsTheCallAsItWasThen() {
    Story story = Story.ringing101(ID);
    cell.write(story.rows());
    untilLive("ringing", List.of(Status.RINGING), call -> call.outcome().status());
    until("started and ringing", () -> cell.events(ID).size() == 2);
    assertEquals(Optional.empty(), cell.calls.find(ID));

    List<JournalEvent> rest =
        story
            .after(3_000)
            .answers("101")
            .after(9_000)
            .callerHangsUp()
            .phoneEnds("101", 16, "")
            .ends()
            .rows();
    cell.write(rest.subList(Story.ringing101(ID).rows().size(), rest.size()));
    until("ended", () -> cell.calls.find(ID).isPresent());

    assertEquals(ANSWERED_CALL, cell.events(ID));
    untilNoneIsLive();
    List<String> published = published();
    assertEquals(
        List.of(Status.RINGING, Status.RINGING, Status.ANSWERED, Status.ANSWERED),
        published.stream()
            .map(data -> Json.read(data, CallRecord.class).outcome().status())
            .toList());
    assertEquals(
        cell.calls.find(ID).orElseThrow(), Json.read(published.getLast(), CallRecord.class));
  }

  /// Those of a ring group at once, and whoever rings after them: each is to know who calls.
  @Test
  void eachPartyThatIsCalledIsInAnEventWhileItRings() {
    Story story =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("ring", "ring-group:sales")
            .dials("PJSIP/101&PJSIP/102,20")
            .rings("101")
            .rings("102");
    int both = story.rows().size();
    cell.write(story.rows());
    until("both ring", () -> called().equals(List.of("101", "102")));
    story.after(20_000).phoneEnds("101", 0, "").phoneEnds("102", 0, "").dialEnds();
    cell.write(story.dials("PJSIP/103,20").rings("103").rows().subList(both, story.rows().size()));
    until("the third rings", () -> called().equals(List.of("101", "102", "103")));

    assertEquals(
        List.of("call.started", "call.ringing", "call.changed", "call.changed"), cell.events(ID));
  }

  private List<String> published() {
    return cell.column(
        "select data::text from event where subject = 'call:" + ID + "' order by id");
  }

  /// As the last event of the call says.
  private List<String> called() {
    List<String> published = published();
    return published.isEmpty()
        ? List.of()
        : Json.read(published.getLast(), CallRecord.class).legs().stream()
            .map(CallRecord.Leg::party)
            .toList();
  }

  /// Asterisk writes both in one microsecond now and then.
  @Test
  void changeThatTheRecordDoesNotShowIsNotPublished() {
    Story story = Story.ringing101(ID).after(2_000).answers("101").after(1_000);
    String transferee = Json.write(Map.of("transferee_channel_uniqueid", ID));
    String bridge = Json.write(Map.of("bridge_id", "bridge-of-" + ID));
    cell.write(
        story
            .row("BLINDTRANSFER", "PJSIP/101-00000001", ID + "-101", "AppDial", "", transferee)
            .row("BLINDTRANSFER", "PJSIP/101-00000001", ID + "-101", "AppDial", "", transferee)
            .row("BRIDGE_EXIT", "PJSIP/101-00000001", ID + "-101", "AppDial", "", bridge)
            .after(1_000)
            .callerHangsUp()
            .phoneEnds("101", 16, "")
            .ends()
            .rows());
    until("ended", () -> cell.calls.find(ID).isPresent());
    assertEquals(
        List.of(
            "call.started",
            "call.ringing",
            "call.answered",
            "call.changed", // transferred, twice in the journal
            "call.changed", // waits
            "call.ended"),
        cell.events(ID));
  }

  @Test
  void restartAtAnyRowOfACallPublishesEachEventOnce() throws Exception {
    List<JournalEvent> rows = answeredCall(ID).rows();
    for (JournalEvent row : rows) {
      cell.stop();
      cell = new CallCell(temp, DATABASE, Duration.ofMillis(300)).start();
      cell.write(List.of(row));
      long written = rows.indexOf(row) + 1L;
      until("row stored", () -> cell.column("select type from journal").size() == written);
    }

    until("ended", () -> cell.calls.find(ID).isPresent());
    assertEquals(ANSWERED_CALL, cell.events(ID));
    assertEquals(Optional.of(answeredCall(ID).record()), cell.calls.find(ID));
  }

  @Test
  void callsAreRestoredIntoTheLiveList() throws Exception {
    cell.write(Story.ringing101(ID).rows());
    until("ringing", () -> cell.live.find(ID).isPresent());
    cell.stop();
    cell = new CallCell(temp, DATABASE, Duration.ofMillis(300)).start();

    until("restored", () -> cell.live.find(ID).isPresent());
    assertEquals(Optional.of("extension:101"), cell.live.list().getFirst().outcome().destination());
  }

  @Test
  void callsWithoutAnyChannelAreEnded() throws Exception {
    Story gone = Story.ringing101("main-1795225000.2").after(1_000).answers("101");
    Story inProgress = Story.ringing101("main-1795225000.3").after(1_000).answers("101");
    Story later =
        Story.of("main-1795225000.4", Story.BEGIN.plusSeconds(60)).from("trunk-demo", "0912", "");
    List.of(gone, inProgress, later).forEach(story -> cell.write(story.rows()));

    until("three calls", () -> cell.lost.openChannels().size() == 5);
    int closed =
        cell.lost
            .closeLost(
                Set.of("main-1795225000.2", "main-1795225000.2-101", "main-1795225000.3"),
                Story.BEGIN.plusSeconds(30))
            .await(10, TimeUnit.SECONDS);

    assertEquals(1, closed);
    CallRecord record = cell.calls.find("main-1795225000.2").orElseThrow();
    assertEquals(Status.ANSWERED, record.outcome().status());
    assertEquals(Duration.ofSeconds(29), record.when().talk());
    assertEquals(Optional.of(Party.SYSTEM), record.outcome().hungUpBy());
    untilLive("two calls", List.of("main-1795225000.3", "main-1795225000.4"), CallRecord::id);
    assertEquals(ANSWERED_CALL, cell.events("main-1795225000.2"));
    assertEquals(
        0,
        cell.lost
            .closeLost(Set.of("main-1795225000.3"), Story.BEGIN.plusSeconds(30))
            .await(10, TimeUnit.SECONDS));
  }

  @Test
  void lateRowCorrectsTheRecordAndPublishesNothingAgain() {
    List<JournalEvent> rows = answeredCall(ID).rows();
    List<JournalEvent> late =
        rows.stream()
            .filter(row -> row.type() == Cel.HANGUP && row.channel().contains("trunk"))
            .toList();
    cell.write(rows.stream().filter(row -> !late.contains(row)).toList());
    until("ended", () -> cell.calls.find(ID).isPresent());
    assertEquals(Optional.of(Party.SYSTEM), cell.calls.find(ID).orElseThrow().outcome().hungUpBy());

    cell.write(late);
    until(
        "corrected",
        () ->
            cell.calls
                .find(ID)
                .orElseThrow()
                .outcome()
                .hungUpBy()
                .equals(Optional.of(Party.CALLER)));
    assertEquals(ANSWERED_CALL, cell.events(ID));
    assertEquals(
        1,
        cell.registry.counter("tamas.calls", "direction", "inbound", "status", "answered").count());
  }

  @Test
  void unknownValuesAreStoredAndServedUnchangedAndCounted() {
    List<JournalEvent> rows =
        Story.of(ID)
            .from("trunk-demo", "0912", "Sara")
            .decided("teleport", "planet:mars")
            .row("CHAN_TELEPORT", "PJSIP/trunk-demo-00000000", ID, "", "", "")
            .decided("ring", "extension:101")
            .dials("PJSIP/101,20")
            .rings("101")
            .answers("101")
            .callerHangsUp()
            .ends()
            .rows();
    cell.write(rows);
    until("ended", () -> cell.calls.find(ID).isPresent());
    assertEquals(
        List.of("CHAN_TELEPORT"),
        cell.column("select type from journal where type like '%TELEPORT'"));
    assertEquals(new Refold.Report(1, 0, List.of()), new Refold(DATABASE, cell.calls).run(false));
    assertEquals(1, cell.registry.counter("tamas.unknown", "set", "row").count());
    assertTrue(cell.registry.counter("tamas.unknown", "set", "action").count() >= 1);

    cell.column(
        "update call set record = jsonb_set(record, '{legs,0,result}', '\"beamed\"') returning id");
    CallRecord read = cell.calls.find(ID).orElseThrow();
    assertEquals("beamed", read.legs().getFirst().result().text());
    assertTrue(Json.write(read).contains("\"result\":\"beamed\""));
    assertEquals(1, cell.registry.counter("tamas.unknown", "set", "result").count());
  }

  @Test
  void manyCallsInOneBatchKeepTheirOrder() {
    List<Story> stories = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      Story story = answeredCall("main-1795226000." + i);
      stories.add(story);
      story.rows().forEach(row -> text.append(JournalLines.line(row)));
    }
    cell.write(text.toString());
    until("all calls", () -> cell.column("select id from call").size() == 300);

    for (int i = 0; i < 300; i++) {
      assertEquals(ANSWERED_CALL, cell.events("main-1795226000." + i));
    }
    assertEquals(List.of("1200"), cell.column("select count(*)::text from event"));
    untilNoneIsLive();
  }

  /// A pickup: the call that dialled `0` is joined to the one that rang.
  private static final String RANG = "lab-1795268218.12";

  private static final String PICKER = "lab-1795268219.14";

  @Test
  void callsThatAreJoinedAreOneRecord() {
    List<String> moves =
        List.of("pickup-group", "refer-attended", "park-retrieve", "attended", "blind-busy");
    moves.forEach(name -> cell.writeCaptured("moves/" + name));
    until("all calls", () -> cell.column("select id from call").size() == moves.size());

    for (String name : moves) {
      CallRecord folded = CallFold.fold(CapturedJournals.rows("moves/" + name)).orElseThrow();
      assertEquals(Optional.of(folded), cell.calls.find(folded.id()), name);
    }
    untilNoneIsLive();
    assertEquals(List.of("call.joined"), cell.events(PICKER));
    assertEquals(
        new Refold.Report(moves.size(), 0, List.of()), new Refold(DATABASE, cell.calls).run(false));
  }

  @Test
  void restartAtAnyRowOfJoinedCallsPublishesEachEventOnce() throws Exception {
    List<JournalEvent> rows = CapturedJournals.rows("moves/pickup-group");
    for (JournalEvent row : rows) {
      cell.stop();
      cell = new CallCell(temp, DATABASE, Duration.ofMillis(300)).start();
      cell.write(List.of(row));
      long written = rows.indexOf(row) + 1L;
      until("row stored", () -> cell.column("select type from journal").size() == written);
    }

    until("ended", () -> cell.calls.find(RANG).isPresent());
    assertEquals(ANSWERED_CALL, cell.events(RANG));
    assertEquals(List.of("call.joined"), cell.events(PICKER));
    assertEquals(CallFold.fold(rows), cell.calls.find(RANG));
    assertEquals(List.of(RANG), cell.column("select id from call"));
  }

  @Test
  void recordOfACallThatTurnsOutToBePartOfAnotherIsRemoved() {
    String other = "main-1795225000.7";
    Story first = Story.ringing101(ID).after(1_000).answers("101");
    Story second = answeredCall(other);
    cell.write(first.rows());
    cell.write(second.rows());
    until("second call", () -> cell.calls.find(other).isPresent());
    int written = first.rows().size();

    List<JournalEvent> rest =
        first
            .row("BRIDGE_ENTER", "PJSIP/101-00000001", other + "-101", "", "", "")
            .after(2_000)
            .callerHangsUp()
            .ends()
            .rows();
    cell.write(rest.subList(written, rest.size()));
    until("first call", () -> cell.calls.find(ID).isPresent());

    assertEquals(Optional.empty(), cell.calls.find(other));
    assertEquals(
        List.of(), cell.column("select party from call_party where call_id = '" + other + "'"));
    assertEquals("call.joined", cell.events(other).getLast());
    assertEquals(new Refold.Report(1, 0, List.of()), new Refold(DATABASE, cell.calls).run(false));
  }

  /// A moment after the commit that the tables and events show.
  private <T> void untilLive(String what, List<T> expected, Function<CallRecord, T> seen) {
    until(what, () -> cell.live.list().stream().map(seen).toList().equals(expected));
  }

  private void untilNoneIsLive() {
    untilLive("no live call", List.of(), CallRecord::id);
  }

  private static Story answeredCall(String id) {
    return Story.ringing101(id)
        .after(2_000)
        .answers("101")
        .after(5_000)
        .phoneEnds("101", 16, "PJSIP/trunk-demo-00000000")
        .dialEnds()
        .callerHangsUp()
        .ends();
  }
}
