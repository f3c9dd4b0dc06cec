package io.tamas.call.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.DecisionNote;
import io.tamas.json.Json;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call step by step, as rows of the journal in the order in which Asterisk writes them.
///
/// ```java
/// Story.of("main-1795225666.0").from("trunk-demo", "09121234567", "Sara")
///     .decided("ring", "extension:101").after(200).rings("101").after(3_000).answers("101")…
/// ```
public final class Story {
  public static final Instant BEGIN = Instant.parse("2026-11-21T01:47:46Z");

  private final String id;
  private final List<JournalEvent> rows = new ArrayList<>();
  private Instant now = BEGIN;
  private String caller = "";
  private String callerName = "";
  private String callerNumber = "";
  private String dialled = "02191001000";

  private Story(String id) {
    this.id = id;
  }

  public static Story of(String id) {
    return new Story(id);
  }

  public static Story of(String id, Instant begin) {
    var story = new Story(id);
    story.now = begin;
    return story;
  }

  /// An inbound call that rings 101.
  public static Story ringing101(String id) {
    return of(id)
        .from("trunk-demo", "09121234567", "Sara")
        .decided("ring", "extension:101")
        .dials("PJSIP/101,20")
        .rings("101");
  }

  /// What all its channels dial, from now on.
  public Story asksFor(String number) {
    dialled = number;
    return this;
  }

  public Story from(String endpoint, String number, String name) {
    caller = "PJSIP/" + endpoint + "-00000000";
    callerNumber = number;
    callerName = name;
    return row("CHAN_START", caller, id, "", "", "");
  }

  public Story decided(String action, String destination) {
    return decided(action, destination, Optional.empty());
  }

  public Story decided(String action, String destination, Optional<String> recording) {
    return decided(
        action, destination, recording, List.of(new Trace.Step("route:main", "matched")));
  }

  public Story decided(
      String action, String destination, Optional<String> recording, List<Trace.Step> trace) {
    var note =
        new DecisionNote(
            Direction.INBOUND,
            "+989121234567",
            "+982191001000",
            destination,
            "route:main",
            Action.of(action),
            recording,
            Optional.of(17L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new Trace(trace));
    return decided(note);
  }

  public Story decided(DecisionNote note) {
    String text =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(note).getBytes(UTF_8));
    return noted(text);
  }

  public Story noted(String text) {
    return row(
        "TAMAS_DECISION", caller, id, "CELGenUserEvent", "", Json.write(Map.of("extra", text)));
  }

  public Story fallsBack() {
    return row("TAMAS_FALLBACK", caller, id, "CELGenUserEvent", "", "{\"extra\":\"FAILURE\"}");
  }

  /// The dialplan refuses the call because of itself.
  public Story faults(String why) {
    String extra = Json.write(Map.of("extra", why));
    return row("TAMAS_FAULT", caller, id, "CELGenUserEvent", "", extra);
  }

  /// The last SIP status of the trunk that was dialled.
  public Story responds(String status) {
    String extra = Json.write(Map.of("extra", status));
    return row("TAMAS_RESPONSE", caller, id, "CELGenUserEvent", "", extra);
  }

  public Story voicemail(String seconds) {
    String extra = Json.write(Map.of("extra", seconds));
    return row("TAMAS_VOICEMAIL", caller, id, "CELGenUserEvent", "", extra);
  }

  public Story after(long millis) {
    now = now.plusMillis(millis);
    return this;
  }

  public Story announces(String phones) {
    return row(
        "TAMAS_PHONES", caller, id, "CELGenUserEvent", "", Json.write(Map.of("extra", phones)));
  }

  public Story dials(String data) {
    return row("APP_START", caller, id, "Dial", data, "");
  }

  public Story dialEnds() {
    return row("APP_END", caller, id, "Dial", "", "");
  }

  public Story rings(String extension) {
    return row("CHAN_START", phone(extension), uniqueId(extension), "", "", "");
  }

  public Story answersChannel(String extension) {
    return row("ANSWER", phone(extension), uniqueId(extension), "AppDial", "", "");
  }

  public Story answers(String extension) {
    return answersChannel(extension)
        .callerIsAnswered()
        .entersAlone(extension)
        .row("BRIDGE_ENTER", caller, id, "Dial", "", bridge());
  }

  /// It is in the bridge, and the caller not yet.
  public Story entersAlone(String extension) {
    return row("BRIDGE_ENTER", phone(extension), uniqueId(extension), "AppDial", "", bridge());
  }

  private String bridge() {
    return Json.write(Map.of("bridge_id", "bridge-of-" + id, "bridge_technology", "simple_bridge"));
  }

  public Story callerIsAnswered() {
    return row("ANSWER", caller, id, "Answer", "", "");
  }

  public Story phoneEnds(String extension, int cause, String source) {
    return row(
            "HANGUP", phone(extension), uniqueId(extension), "AppDial", "", hangup(cause, source))
        .row("CHAN_END", phone(extension), uniqueId(extension), "AppDial", "", "");
  }

  /// The phone itself ends the leg, such as with busy (17) or rejected (21).
  public Story phoneHangsUp(String extension, int cause) {
    return phoneEnds(extension, cause, phone(extension));
  }

  /// A phone that the caller's channel dials answers 3xx.
  public Story movesTheCall() {
    return row("FORWARD", caller, id, "Dial", "", "{\"forward\":\"102\"}");
  }

  public Story callerHangsUp() {
    return callerEnds(16, caller);
  }

  public Story dialplanHangsUp(int cause) {
    return callerEnds(cause, "dialplan/builtin");
  }

  public Story callerEnds(int cause, String source) {
    return row("HANGUP", caller, id, "", "", hangup(cause, source))
        .row("CHAN_END", caller, id, "", "", "");
  }

  public Story ends() {
    return row("LINKEDID_END", caller, id, "", "", "");
  }

  public Story isLost() {
    rows.add(JournalEvent.synthetic(now, Note.LOST, id));
    return this;
  }

  public Story row(
      String type,
      String channel,
      String uniqueId,
      String application,
      String applicationData,
      String extra) {
    boolean ofCaller = channel.equals(caller);
    rows.add(
        new JournalEvent(
            now,
            RowType.of(type),
            channel,
            uniqueId,
            id,
            ofCaller ? callerName : "",
            ofCaller ? callerNumber : "",
            dialled,
            ofCaller && !caller.contains("trunk") ? "from-phone" : "from-trunk",
            application,
            applicationData,
            "",
            "",
            extra));
    return this;
  }

  public List<JournalEvent> rows() {
    return List.copyOf(rows);
  }

  public CallRecord record() {
    return CallFold.fold(rows).orElseThrow();
  }

  private static String hangup(int cause, String source) {
    return Json.write(Map.of("hangupcause", cause, "hangupsource", source, "dialstatus", ""));
  }

  /// @param extension `101`, or `101.2` for the channel of its second device
  private static String phone(String extension) {
    String[] device = extension.split("\\.");
    return "PJSIP/%s-%08d"
        .formatted(device[0], device.length == 1 ? 1 : Integer.parseInt(device[1]));
  }

  private String uniqueId(String extension) {
    return id + "-" + extension;
  }
}
