package io.tamas.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The journal, the events and the statistics of a call agree with its record. Checked for every
/// call in the lab.
final class CallConsistency {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ROUNDED = Duration.ofMillis(1);

  /// Statuses with which nobody missed the call.
  private static final Set<String> NOT_MISSED = Set.of("ANSWERED", "ANNOUNCEMENT");

  private final Office office;
  private final JsonNode call;
  private final String id;

  private CallConsistency(Office office, JsonNode call) {
    this.office = office;
    this.call = call;
    this.id = call.path("id").asText();
  }

  /// @param since the last event before the test
  static void agrees(Office office, JsonNode call, long since) {
    CallConsistency consistency = new CallConsistency(office, call);
    consistency.isRecomputedTheSame();
    consistency.hasItsEvents(since);
    consistency.isCounted();
    consistency.extensions().forEach(consistency::isCountedFor);
  }

  private void isRecomputedTheSame() {
    Eventually.eventually(
        "the journal recomputes the same record: " + call.toPrettyString(),
        PATIENCE,
        () -> !office.recordsUnlikeTheJournal().contains(id));
  }

  /// The call starts, rings, is answered and ends, once each and in that order; in between it may
  /// change. The last event contains the record.
  private void hasItsEvents(long since) {
    try (ReceivedEvents heard = office.events("?after=" + since)) {
      List<JsonNode> events = heard.hearsEndOf(id);
      List<String> types = events.stream().map(event -> event.path("type").asText()).toList();
      List<String> expected = new ArrayList<>(List.of("call.started"));
      Stream.of("ringing", "answered")
          .filter(moment -> call.has(moment + "At"))
          .forEach(moment -> expected.add("call." + moment));
      expected.add("call.ended");
      assertEquals(
          expected,
          types.stream().filter(type -> !type.equals("call.changed")).toList(),
          call::toPrettyString);
      assertEquals(ends(expected), ends(types), types::toString);
      changesEachTime(events);
      joinedOnce(heard, id);
      isJoinedOncePerPickup(heard);
      JsonNode last = events.getLast().path("data");
      last.properties()
          .forEach(field ->
              assertEquals(
                  field.getValue(),
                  call.path(field.getKey()),
                  () -> field.getKey() + " of " + call));
    }
  }

  /// Each `call.changed` contains a change.
  private static void changesEachTime(List<JsonNode> events) {
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i).path("type").asText().equals("call.changed")) {
        assertNotEquals(events.get(i - 1).path("data"), events.get(i).path("data"));
      }
    }
  }

  /// That a call became part of another is published once, and nothing after it.
  private void joinedOnce(ReceivedEvents heard, String into) {
    List<String> joined = heard.joinedInto(into);
    assertEquals(Set.copyOf(joined).size(), joined.size(), () -> joined + " into " + into);
    for (String one : joined) {
      List<String> types = heard.typesOf(one);
      assertEquals(
          types.size() - 1,
          types.indexOf("call.joined"),
          () -> types + " of " + one + ", which went into " + into);
      joinedOnce(heard, one);
    }
  }

  /// A party that picked up or retrieved a call had a call of its own before; a transfer target may
  /// have had one, if the transfer was made by the phone's own button.
  private void isJoinedOncePerPickup(ReceivedEvents heard) {
    int joined = heard.joinedInto(id).size();
    long taken = tied("PICKED_UP", "RETRIEVED");
    assertTrue(
        taken <= joined && joined <= taken + tied("TRANSFERRED_ATTENDED"),
        () -> joined + " were joined into " + call.toPrettyString());
  }

  private long tied(String... ties) {
    return legs().filter(leg -> List.of(ties).contains(leg.path("tie").asText())).count();
  }

  private static List<String> ends(List<String> types) {
    return List.of(types.getFirst(), types.getLast());
  }

  private void isCounted() {
    JsonNode counts = counts("TOTAL").getFirst();
    int together = stream(office.get("/calls?" + itsMicrosecond()).path("items")).toList().size();
    if (together > 1) {
      assertEquals(together, counts.path("calls").asInt(), "calls that begin at once");
      return;
    }
    String direction = text("direction");
    assertEquals(
        Map.of(
            "calls", 1,
            "inbound", one(direction.equals("INBOUND")),
            "outbound", one(direction.equals("OUTBOUND")),
            "internal", one(direction.equals("INTERNAL")),
            "answered", one(isAnswered()),
            "missed", one(isMissed() && (direction.equals("INBOUND") || isForAnother()))),
        numbers(counts),
        call::toPrettyString);
    isAbout(duration(call, "talk"), counts, "talk");
    isAbout(isAnswered() ? duration(call, "ring") : Duration.ZERO, counts, "ring");
  }

  private void isCountedFor(String extension) {
    JsonNode counts =
        counts("EXTENSION").stream()
            .filter(one -> one.path("key").asText().equals(extension))
            .findFirst()
            .orElseThrow(() -> new AssertionError(extension + " is not counted of " + call));
    List<JsonNode> own =
        legs().filter(leg -> leg.path("party").asText().equals(extension)).toList();
    boolean made = isMadeBy(extension);
    boolean answered = made && isAnswered() || own.stream().anyMatch(leg -> leg.has("answeredAt"));
    assertEquals(
        List.of(1, one(answered), one(!made && isMissed())),
        Stream.of("calls", "answered", "missed").map(name -> counts.path(name).asInt()).toList(),
        () -> extension + " of " + call.toPrettyString());
    Duration talk =
        made
            ? duration(call, "talk")
            : own.stream().map(leg -> duration(leg, "talk")).reduce(Duration.ZERO, Duration::plus);
    isAbout(talk, counts, "talk");
  }

  private List<JsonNode> counts(String by) {
    return stream(office.get("/statistics?by=" + by + "&" + itsMicrosecond()).path("items"))
        .toList();
  }

  /// Asks for the calls that begin when it does, which may be several.
  private String itsMicrosecond() {
    Instant from = Instant.parse(text("startedAt"));
    Instant to = from.plus(1, ChronoUnit.MICROS);
    return "from=" + encoded(from) + "&to=" + encoded(to);
  }

  private static String encoded(Instant at) {
    return URLEncoder.encode(at.toString(), StandardCharsets.UTF_8);
  }

  private Set<String> extensions() {
    Set<String> extensions = new TreeSet<>();
    legs()
        .filter(leg -> !leg.path("channel").asText().startsWith("PJSIP/trunk-"))
        .map(leg -> leg.path("party").asText())
        .forEach(extensions::add);
    extensions.add(text("caller"));
    extensions.removeIf(party -> !party.matches("[0-9]+") || isExternalCaller(party));
    return extensions;
  }

  private boolean isExternalCaller(String party) {
    return party.equals(text("caller")) && !isMadeBy(party);
  }

  private boolean isMadeBy(String extension) {
    return text("caller").equals(extension) && !text("direction").equals("INBOUND");
  }

  private boolean isAnswered() {
    return text("status").equals("ANSWERED");
  }

  private boolean isMissed() {
    return !NOT_MISSED.contains(text("status")) && !text("direction").equals("OUTBOUND");
  }

  /// Whether it was for an extension other than the one that calls: which rang, which was
  /// considered, or which was to be reached and exists.
  private boolean isForAnother() {
    String self = "extension:" + text("caller");
    List<JsonNode> steps =
        stream(call.path("decisions"))
            .flatMap(decision -> stream(decision.at("/trace/steps")))
            .filter(step -> step.path("rule").asText().startsWith("extension:"))
            .toList();
    boolean isConsidered =
        steps.stream()
            .filter(step -> !step.path("rule").asText().equals(self))
            .anyMatch(step -> !step.path("outcome").asText().equals("missing"));
    String wanted = text("destination");
    boolean isWanted =
        wanted.startsWith("extension:")
            && !wanted.equals(self)
            && steps.stream().noneMatch(step -> step.path("rule").asText().equals(wanted));
    return isConsidered || isWanted || legs().anyMatch(this::isOfAnother);
  }

  private boolean isOfAnother(JsonNode leg) {
    String party = leg.path("party").asText();
    return !party.equals(text("caller"))
        && leg.path("channel").asText().startsWith("PJSIP/" + party + "-");
  }

  private Stream<JsonNode> legs() {
    return stream(call.path("legs"));
  }

  private String text(String field) {
    return call.path(field).asText("");
  }

  /// What is counted, by name.
  static Map<String, Integer> numbers(JsonNode counts) {
    return counts.properties().stream()
        .filter(field -> field.getValue().isInt())
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asInt()));
  }

  private void isAbout(Duration expected, JsonNode counts, String field) {
    Duration counted = duration(counts, field);
    assertTrue(
        counted.minus(expected).abs().compareTo(ROUNDED) <= 0,
        () -> field + " is counted as " + counted + " of " + call.toPrettyString());
  }

  private static Duration duration(JsonNode of, String field) {
    return Duration.parse(of.path(field).asText());
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }

  static Stream<JsonNode> stream(JsonNode items) {
    return StreamSupport.stream(items.spliterator(), false);
  }
}
