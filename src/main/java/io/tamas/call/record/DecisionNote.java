package io.tamas.call.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tamas.json.Json;
import io.tamas.routing.Charge;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import io.tamas.routing.Trace.Step;
import io.tamas.text.Printable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A decision of Tamas, as the dialplan writes it into the journal (user event `TAMAS_DECISION`),
/// so that the journal alone is enough to recompute the record.
///
/// Written as base64url of JSON, so that nothing in it can be syntax anywhere. At most 1,800
/// characters; a trace that would not fit is shortened.
///
/// @param recording the id of the call's recording, or of the voicemail message's
/// @param line on which the call came in, if it did
/// @param callerName the whole name of the caller, where phones are shown another: a shorter one,
///   or one without quotes
/// @param groups the groups of the extensions that it is about, each with these extensions
public record DecisionNote(
    Direction direction,
    String caller,
    String requested,
    String destination,
    String rule,
    Action action,
    Optional<String> recording,
    Optional<Long> profile,
    Optional<Charge> charge,
    Optional<Line> line,
    Optional<String> callerName,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> groups,
    Trace trace) {

  /// Notes of before groups were noted have none, and a name of before may have characters that
  /// nobody sees.
  @SuppressWarnings("ConstantValue")
  public DecisionNote {
    callerName = callerName.map(Printable::of);
    groups = groups == null ? Map.of() : groups;
  }

  /// @param divertedBy the number that the caller called before, and that diverted the call
  public record Line(String trunk, Optional<String> divertedBy) {}

  public static final int MAX_LENGTH = 1_800;

  /// A step takes at least 27 bytes.
  private static final int MAX_STEPS = 50;

  /// Those of the decision itself, and of what led to it.
  private static final int MIN_STEPS = 5;

  private static final String EXTENSION = "extension:";

  private static final String NUMBER = "number:";

  /// The actions after which the caller reaches prompts instead of a party.
  private static final Set<Action> PROMPTS =
      Set.of(Action.Known.MESSAGE, Action.Known.MENU, Action.Known.ANNOUNCE, Action.Known.LISTEN);

  private static final Set<String> FORWARDED =
      Set.of(
          "forward-always",
          "do-not-disturb",
          "busy-without-call-waiting",
          "busy",
          "no-answer",
          "unreachable");

  private static final Step SHORTENED = new Step("trace", "shortened");

  /// The refusal of a call because of itself, which the dialplan writes in a word: `unreadable`
  /// where what was dialled is no number, `failed` where Tamas cannot decide about the call.
  public static DecisionNote fault(
      Direction direction, String caller, String requested, String why) {
    return new DecisionNote(
        direction,
        caller,
        requested,
        "none",
        "fault",
        Action.Known.REFUSE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        new Trace(List.of(new Step("fault", why))));
  }

  /// Keeps as many of the last steps of the trace as fit: they decided. The groups are omitted if
  /// they leave too little for that.
  ///
  /// @throws IllegalStateException if it does not fit even without a trace
  public String encode() {
    if (trace.steps().size() <= MAX_STEPS) {
      String full = base64();
      if (full.length() <= MAX_LENGTH) {
        return full;
      }
    }
    return shortened(Math.min(MIN_STEPS, trace.steps().size()))
        .or(() -> with(Map.of(), trace).shortened(0))
        .orElseThrow(
            () -> new IllegalStateException("a note that does not fit even without a trace"));
  }

  private Optional<String> shortened(int least) {
    for (int steps = Math.min(MAX_STEPS, trace.steps().size()); steps >= least; steps--) {
      String text = with(groups, lastOfTrace(steps)).base64();
      if (text.length() <= MAX_LENGTH) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  /// Reads what [#encode] wrote; empty for anything else, since a journal may contain anything, and
  /// for a note with a NUL, which PostgreSQL's JSON cannot contain.
  public static Optional<DecisionNote> decode(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String json = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      if (!json.endsWith("}") || json.contains("\\u0000")) {
        return Optional.empty();
      }
      DecisionNote note = Json.read(json, DecisionNote.class);
      return Optional.of(note).filter(DecisionNote::isComplete);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /// The extension that forwarded the call, if one did.
  public Optional<String> forwardedBy() {
    List<Step> before = trace.steps().subList(0, Math.max(0, trace.steps().size() - 1));
    return before.stream()
        .filter(step -> step.rule().startsWith(EXTENSION) && FORWARDED.contains(step.outcome()))
        .map(step -> step.rule().substring(EXTENSION.length()))
        .reduce((_, last) -> last);
  }

  /// The destination of the record: an external number that was dialled is one like that of a
  /// route.
  public String effectiveDestination() {
    return externalNumber()
        .filter(number -> number.startsWith("+"))
        .map(number -> NUMBER + number)
        .orElse(destination);
  }

  /// The external number that is called, if one is: the destination, else the number that was
  /// dialled.
  public Optional<String> externalNumber() {
    String number =
        destination.startsWith(NUMBER) ? destination.substring(NUMBER.length()) : requested;
    return action == Action.Known.OUT && !number.isBlank() ? Optional.of(number) : Optional.empty();
  }

  public boolean takesMessage() {
    return action == Action.Known.MESSAGE;
  }

  /// Whether the caller reaches prompts, and no party is dialled.
  public boolean playsPrompts() {
    return PROMPTS.contains(action);
  }

  private String base64() {
    byte[] json = Json.write(this).getBytes(UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private Trace lastOfTrace(int steps) {
    List<Step> all = trace.steps();
    List<Step> kept = new ArrayList<>(List.of(SHORTENED));
    kept.addAll(all.subList(all.size() - steps, all.size()));
    return new Trace(List.copyOf(kept));
  }

  private DecisionNote with(Map<String, List<String>> otherGroups, Trace otherTrace) {
    return new DecisionNote(
        direction,
        caller,
        requested,
        destination,
        rule,
        action,
        recording,
        profile,
        charge,
        line,
        callerName,
        otherGroups,
        otherTrace);
  }

  /// JSON knows no required fields: a component that is missing is null here.
  @SuppressWarnings("ConstantValue")
  private boolean isComplete() {
    return Stream.of(direction, caller, requested, destination, rule, action, trace)
            .allMatch(Objects::nonNull)
        && Objects.nonNull(trace.steps())
        && charge.stream()
            .flatMap(one -> Stream.of(one.payer(), one.channel(), one.at()))
            .allMatch(Objects::nonNull)
        && line.stream().allMatch(one -> Objects.nonNull(one.trunk()));
  }
}
