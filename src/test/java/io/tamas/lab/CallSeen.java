package io.tamas.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A call as the CRM sees it: its one record by REST.
public final class CallSeen {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Office office;
  private final JsonNode call;

  private CallSeen(Office office, JsonNode call) {
    this.office = office;
    this.call = call;
  }

  /// Waits for the record of the ended call from a number, and that there is just one.
  ///
  /// @param since the last event before the test
  static CallSeen ended(Office office, String caller, long since) {
    return ended(office, caller, 1, since).getFirst();
  }

  /// Waits for the records of so many ended calls from a number, and that there are no more. The
  /// journal, the events and the statistics agree with them.
  static List<CallSeen> ended(Office office, String caller, int count, long since) {
    boolean outside = caller.startsWith("+");
    String path =
        outside ? "/calls?number=%2B" + caller.substring(1) : "/calls?extension=" + caller;
    List<JsonNode> found = new ArrayList<>();
    Eventually.eventually(
        "the record of the call from " + caller,
        PATIENCE,
        () -> {
          found.clear();
          office.get(path).path("items").forEach(found::add);
          return found.size() >= count;
        });
    assertEquals(count, found.size(), () -> "one call, one record: " + found);
    return found.reversed().stream()
        .map(one -> one.path("id").asText())
        .map(id -> checked(office, office.get("/calls/" + id), since))
        .toList();
  }

  /// Waits for the record of an ended call by its id.
  static CallSeen ended(Office office, String id, Duration patience, long since) {
    JsonNode[] call = new JsonNode[1];
    Eventually.eventually(
        "the call " + id + " has ended",
        patience,
        () -> {
          if (office.download("/calls/" + id).statusCode() != 200) {
            return false; // nothing of it is stored yet
          }
          call[0] = office.get("/calls/" + id);
          return call[0].has("endedAt");
        });
    return checked(office, call[0], since);
  }

  private static CallSeen checked(Office office, JsonNode call, long since) {
    CallConsistency.agrees(office, call, since);
    return new CallSeen(office, call);
  }

  public String id() {
    return text("id");
  }

  /// Who called whom.
  public CallSeen of(String direction, String caller, String requested) {
    assertEquals(
        List.of(direction, caller, requested),
        List.of(text("direction"), text("caller"), text("requested")),
        call::toPrettyString);
    return this;
  }

  public CallSeen is(String status) {
    assertEquals(status, text("status"), call::toPrettyString);
    return this;
  }

  public boolean hasStatus(String status) {
    return text("status").equals(status);
  }

  public CallSeen answeredBy(Phone phone) {
    assertEquals(phone.number(), text("answeredBy"), call::toPrettyString);
    return this;
  }

  public CallSeen answeredByNobody() {
    assertEquals("", text("answeredBy"), call::toPrettyString);
    return this;
  }

  public CallSeen endedBy(String party) {
    assertEquals(party, text("hungUpBy"), call::toPrettyString);
    return this;
  }

  /// From the answer to the end.
  public Duration length() {
    return Duration.between(Instant.parse(text("answeredAt")), Instant.parse(text("endedAt")));
  }

  /// Why it ended (ITU-T Q.850).
  public CallSeen withCause(int cause) {
    assertEquals(Integer.toString(cause), text("cause"), call::toPrettyString);
    return this;
  }

  public boolean isDecidedBy(String rule) {
    return text("rule").startsWith(rule);
  }

  public CallSeen decidedBy(String rule) {
    assertTrue(text("rule").startsWith(rule), call::toPrettyString);
    return this;
  }

  /// What Tamas considered last before it decided, such as `denied`.
  public CallSeen because(String outcome) {
    List<String> outcomes = new ArrayList<>();
    call.path("decisions")
        .forEach(note ->
            note.at("/trace/steps").forEach(step -> outcomes.add(step.path("outcome").asText())));
    assertEquals(outcome, outcomes.getLast(), call::toPrettyString);
    return this;
  }

  /// The extension that each leg is charged to, in their order; `-` if to none.
  public CallSeen chargedTo(String... payers) {
    List<String> found =
        CallConsistency.stream(call.path("legs"))
            .map(leg -> leg.at("/charge/payer").asText("-"))
            .toList();
    assertEquals(List.of(payers), found, call::toPrettyString);
    return this;
  }

  public CallSeen from(String name) {
    assertEquals(name, text("callerName"), call::toPrettyString);
    assertTrue(call.path("profile").isNumber(), call::toPrettyString);
    return this;
  }

  /// The name of the caller.
  public CallSeen called(String name) {
    assertEquals(name, text("callerName"), call::toPrettyString);
    return this;
  }

  /// How each phone that was tried ended, such as `answered`, in the order in which they were rung.
  public CallSeen withLegs(String... results) {
    List<String> legs =
        CallConsistency.stream(call.path("legs")).map(leg -> leg.path("result").asText()).toList();
    assertEquals(List.of(results), legs, call::toPrettyString);
    return this;
  }

  /// The parties that joined the call and how, in that order: `101 dialled answered`, `102
  /// transferred blind by 101 busy`.
  public CallSeen withParties(String... parties) {
    assertEquals(List.of(parties), parties(), call::toPrettyString);
    return this;
  }

  /// @param trunks the name of the trunk of each leg, and what it answered last unless it connected
  ///   the call, such as `a 403`
  public CallSeen overTrunks(String... trunks) {
    List<String> legs =
        CallConsistency.stream(call.path("legs"))
            .map(leg -> (leg.path("trunk").asText() + " " + leg.path("sipStatus").asText()).strip())
            .toList();
    assertEquals(List.of(trunks), legs, call::toPrettyString);
    return this;
  }

  /// What the trunk of each leg answered last; empty where it connected the call or redirected it.
  public CallSeen withStatuses(String... statuses) {
    List<String> legs =
        CallConsistency.stream(call.path("legs"))
            .map(leg -> leg.path("sipStatus").asText(""))
            .toList();
    assertEquals(List.of(statuses), legs, call::toPrettyString);
    return this;
  }

  public List<String> parties() {
    return CallConsistency.stream(call.path("legs")).map(CallSeen::party).toList();
  }

  private static String party(JsonNode leg) {
    String tie = leg.path("tie").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
    String by = leg.has("by") ? " by " + leg.path("by").asText() : "";
    return leg.path("party").asText() + " " + tie + by + " " + leg.path("result").asText();
  }

  /// Which device of each leg answered, and how the others ended: `answered, busy`; `-` where none
  /// answered.
  public CallSeen withDevices(String... devices) {
    List<String> found = CallConsistency.stream(call.path("legs")).map(CallSeen::devices).toList();
    assertEquals(List.of(devices), found, call::toPrettyString);
    return this;
  }

  /// The results of the devices of its one leg, none of which answered; sorted.
  public CallSeen withDevicesInAnyOrder(String... results) {
    List<String> found =
        CallConsistency.stream(call.at("/legs/0/otherDevices"))
            .map(device -> device.path("result").asText())
            .sorted()
            .toList();
    assertEquals(List.of(results), found, call::toPrettyString);
    return this;
  }

  private static String devices(JsonNode leg) {
    String own = leg.at("/device/result").asText("-");
    String others =
        CallConsistency.stream(leg.path("otherDevices"))
            .map(device -> ", " + device.path("result").asText())
            .collect(Collectors.joining());
    return own + others;
  }

  /// The address of the device that answered, and what it calls itself.
  public CallSeen answeredAt(Phone device) {
    JsonNode answered = call.path("legs").findValue("device");
    assertEquals(device.address(), answered.path("address").asText(), call::toPrettyString);
    assertTrue(answered.path("agent").asText().startsWith("baresip"), call::toPrettyString);
    return this;
  }

  /// The party that was connected last.
  public CallSeen lastWith(Phone phone) {
    assertEquals(phone.number(), text("lastParty"), call::toPrettyString);
    return this;
  }

  /// That the caller waited after the answer, for this long at least.
  public CallSeen heldFor(Duration atLeast) {
    assertTrue(Duration.parse(text("hold")).compareTo(atLeast) >= 0, call::toPrettyString);
    return this;
  }

  public CallSeen neverHeld() {
    assertEquals("PT0S", text("hold"), call::toPrettyString);
    return this;
  }

  public CallSeen talkedFor(Duration atLeast, Duration atMost) {
    return lasted("talk", atLeast, atMost);
  }

  public Duration talk() {
    return duration("talk");
  }

  public CallSeen rangFor(Duration atLeast, Duration atMost) {
    return lasted("ring", atLeast, atMost);
  }

  private Duration duration(String what) {
    return Duration.parse(text(what));
  }

  private CallSeen lasted(String what, Duration atLeast, Duration atMost) {
    Duration found = duration(what);
    assertTrue(found.compareTo(atLeast) >= 0 && found.compareTo(atMost) <= 0, call::toPrettyString);
    return this;
  }

  /// That it continued so long after the last phone, as during an announcement.
  public CallSeen wentOnWithoutPhonesFor(Duration atLeast) {
    Instant last =
        CallConsistency.stream(call.path("legs"))
            .map(leg -> Instant.parse(leg.path("endedAt").asText()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Duration after = Duration.between(last, Instant.parse(text("endedAt")));
    assertTrue(after.compareTo(atLeast) >= 0, call::toPrettyString);
    return this;
  }

  /// The recording is ready and can be downloaded completely.
  public CallSeen withRecording() {
    String path = "/calls/" + text("id");
    Eventually.eventually(
        "the recording is ready",
        PATIENCE,
        () -> office.get(path).at("/recordingFile/state").asText().equals("ready"));
    JsonNode file = office.get(path).path("recordingFile");
    HttpResponse<byte[]> whole = office.download("/recordings/" + recording());
    assertEquals(200, whole.statusCode());
    assertEquals(file.path("bytes").asLong(), whole.body().length);
    assertEquals(file.path("sha256").asText(), sha256(whole.body()));
    HttpResponse<byte[]> part =
        office.download("/recordings/" + recording(), "range", "bytes=4-11");
    assertEquals(206, part.statusCode());
    assertArrayEquals(Arrays.copyOfRange(whole.body(), 4, 12), part.body());
    return this;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /// A message was left in this phone's mailbox, and can be heard.
  public CallSeen withMessageFor(Phone owner) {
    String path = "/calls/" + text("id");
    Eventually.eventually(
        "the message is ready",
        PATIENCE,
        () -> office.get(path).at("/messageFiles/0/state").asText().equals("ready"));
    assertEquals(owner.number(), call.at("/messages/0/mailbox").asText(), call::toPrettyString);
    return this;
  }

  /// The id of the message.
  public String message() {
    return call.at("/messages/0/recording").asText();
  }

  /// The id of the recording.
  public String recording() {
    return text("recording");
  }

  /// What Tamas last decided for it, such as its `destination`.
  public String lastDecided(String field) {
    JsonNode decisions = call.path("decisions");
    return decisions.path(decisions.size() - 1).path(field).asText();
  }

  /// What was done to its recording: `PAUSED by 101`.
  public CallSeen withRecordingChanges(String... changes) {
    List<String> found =
        CallConsistency.stream(call.path("recordingChanges"))
            .map(change ->
                change.path("action").asText()
                    + (change.has("by") ? " by " + change.path("by").asText() : ""))
            .toList();
    assertEquals(List.of(changes), found, call::toPrettyString);
    return this;
  }

  public CallSeen withoutRecording() {
    assertTrue(call.path("recordingFile").isMissingNode(), call::toPrettyString);
    return this;
  }

  private String text(String field) {
    return call.path(field).asText("");
  }
}
