package io.tamas.call.control;

import static io.tamas.call.record.CallRecord.RecordingAction.PAUSED;
import static io.tamas.call.record.CallRecord.RecordingAction.RESUMED;
import static io.tamas.call.record.CallRecord.RecordingAction.STOPPED;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.call.control.CallControl.Transfer;
import io.tamas.call.notes.RecordingNotes;
import io.tamas.call.record.CallRecord.RecordingAction;
import io.tamas.call.record.ControlOutcome;
import io.tamas.call.recording.CallRecorder;
import io.tamas.company.Directory;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Making and controlling calls by REST.
public final class CallControlRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(CallControlRoutes.class);
  private static final int ACCEPTED = 202;

  private final CallControl control;
  private final ClickToCall clicks;
  private final CallRecorder recorder;
  private final RecordingNotes notes;
  private final MeterRegistry registry;
  private final Supplier<Directory> company;
  private final DialRight right;

  /// @param company by whose plans numbers are read
  public CallControlRoutes(
      CallControl control,
      ClickToCall clicks,
      CallRecorder recorder,
      RecordingNotes notes,
      Supplier<Directory> company,
      DialRight right,
      MeterRegistry registry) {
    this.control = control;
    this.clicks = clicks;
    this.recorder = recorder;
    this.notes = notes;
    this.company = company;
    this.right = right;
    this.registry = registry;
  }

  private record Click(Optional<ExtensionNumber> extension, String to) {}

  private record Made(String id) {}

  private record InSlot(Optional<String> slot) {}

  private record TransferRequest(String to, Transfer kind, Optional<ExtensionNumber> by) {}

  @FunctionalInterface
  private interface Act {
    ControlOutcome on(String call, Request request) throws TimeoutException;
  }

  @Override
  public void mount(Operations on) {
    on.on("makeCall", this::make)
        .on("hangUpCall", act("hang-up", (call, _) -> control.hangUp(call)))
        .on("transferCall", act("transfer", this::transfer))
        .on("completeTransfer", act("complete", (call, by) -> control.complete(call, by(call, by))))
        .on("cancelTransfer", act("cancel", (call, by) -> control.cancel(call, by(call, by))))
        .on("parkCall", act("park", (call, by) -> control.park(call, by(call, by))))
        .on("holdCall", act("hold", (call, by) -> control.hold(call, by(call, by))))
        .on("resumeCall", act("resume", (call, _) -> control.resume(call)))
        .on(
            "startRecording",
            act(
                "record",
                (call, by) -> recorder.start(call, id -> notes.addStart(call, id, who(by)))))
        .on(
            "stopRecording",
            act("record-stop", (call, by) -> note(call, STOPPED, by, recorder.stop(call))))
        .on(
            "pauseRecording",
            act("record-pause", (call, by) -> note(call, PAUSED, by, recorder.pause(call, true))))
        .on(
            "resumeRecording",
            act(
                "record-resume",
                (call, by) -> note(call, RESUMED, by, recorder.pause(call, false))));
  }

  private Response make(Request request) {
    Click click = request.body(Click.class);
    click.extension().ifPresent(request::requireReached);
    ExtensionNumber extension =
        click.extension().or(request::own).orElseThrow(() -> withoutExtension());
    String to =
        right.require(extension, TypedNumber.on(extension, company.get()).dialled(click.to()));
    ClickToCall.Outcome outcome = withAsterisk(() -> clicks.call(extension, to));
    report(request, "click", outcome.getClass().getSimpleName(), extension.digits());
    return switch (outcome) {
      case ClickToCall.Outcome.Rings(String call) -> {
        control.awaitKnown(extension, call);
        yield new Response.Body(
            ACCEPTED, Map.of("location", "/api/v1/calls/" + call), new Made(call));
      }
      case ClickToCall.Outcome.NoExtension() ->
          throw Problem.notFound("extension " + extension.digits());
      case ClickToCall.Outcome.Unreachable() ->
          throw Problem.conflict("the phone of " + extension.digits() + " is unreachable");
      case ClickToCall.Outcome.TooMany() ->
          throw new Problem(
              429, "Too many requests", "too many calls within one minute", List.of());
    };
  }

  private static Problem withoutExtension() {
    return Problem.invalid(
        List.of(new Problem.Fault("/extension", "is required: there is none of one's own")));
  }

  private ControlOutcome transfer(String call, Request request) {
    TransferRequest body = request.body(TransferRequest.class);
    return control.transfer(
        call,
        actor(request, call, body.by()),
        body.kind(),
        extension ->
            right.require(extension, TypedNumber.on(extension, company.get()).keys(body.to())));
  }

  private Handler act(String action, Act act) {
    return request -> {
      String call = request.path("id");
      requireReached(request, call);
      ControlOutcome outcome = withAsterisk(() -> act.on(call, request));
      report(request, action, outcome.label(), call);
      return switch (outcome) {
        case ControlOutcome.Done() -> new Response.Empty(ACCEPTED);
        case ControlOutcome.Parked(Optional<String> slot) ->
            new Response.Body(ACCEPTED, Map.of(), new InSlot(slot));
        case ControlOutcome.Absent() -> throw Problem.notFound("call " + call + " in progress");
        case ControlOutcome.NotNow(String reason) -> throw Problem.conflict(reason);
      };
    };
  }

  private ControlOutcome note(
      String call, RecordingAction action, Request request, ControlOutcome outcome) {
    if (outcome instanceof ControlOutcome.Done) {
      notes.add(call, action, who(request));
    }
    return outcome;
  }

  private static Optional<String> who(Request request) {
    return Optional.of(request.principal());
  }

  /// What began before an extension was theirs is out of their reach.
  private void requireReached(Request request, String call) {
    Instant began = control.began(call);
    boolean isReached =
        request
            .extensions()
            .map(reach ->
                control.participants(call).stream().anyMatch(one -> reach.includes(one, began)))
            .orElse(true);
    if (!isReached) {
      throw Problem.notFound("call " + call + " in progress with an extension of one's own");
    }
  }

  private Optional<ExtensionNumber> by(String call, Request request) {
    return actor(request, call, request.query("by").map(ExtensionNumber::new));
  }

  /// The extension on whose behalf the request acts: the one named, or else the own one, or else
  /// one that may be acted for.
  private Optional<ExtensionNumber> actor(
      Request request, String call, Optional<ExtensionNumber> named) {
    named.ifPresent(request::requireReached);
    return named.or(() -> control.actor(call, request.own(), request::isReached));
  }

  @FunctionalInterface
  private interface AsteriskRequest<T> {
    T run() throws TimeoutException;
  }

  private static <T> T withAsterisk(AsteriskRequest<T> action) {
    try {
      return action.run();
    } catch (AmiFault | AriFault | TimeoutException e) {
      throw Problem.unavailable("Asterisk does not answer: " + e.getMessage());
    }
  }

  private void report(Request request, String action, String outcome, String what) {
    registry.counter("tamas.call.controls", "action", action, "outcome", outcome).increment();
    log.atInfo()
        .addKeyValue("by", request.principal())
        .addKeyValue("action", action)
        .addKeyValue("outcome", outcome)
        .addKeyValue("on", what)
        .log("call controlled");
  }
}
