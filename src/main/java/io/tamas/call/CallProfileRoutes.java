package io.tamas.call;

import io.tamas.call.history.Calls;
import io.tamas.call.history.OwnCalls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.notes.CallNotes;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ProfileNote;
import io.tamas.call.record.ProfileNote.Candidate;
import io.tamas.crm.CallerProfiles;
import io.tamas.crm.Profile;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Who a caller is, as somebody says who knows it, by REST: a row of the journal, so that the
/// record stays the same when it is recomputed.
public final class CallProfileRoutes implements Api {
  private static final Duration STORED = Duration.ofSeconds(10);

  private final Calls calls;
  private final LiveCalls live;
  private final CallNotes notes;
  private final CallerProfiles profiles;

  public CallProfileRoutes(Calls calls, LiveCalls live, CallNotes notes, CallerProfiles profiles) {
    this.calls = calls;
    this.live = live;
    this.notes = notes;
    this.profiles = profiles;
  }

  @Override
  public void mount(Operations on) {
    on.on("setCallProfile", this::set)
        .on("clearCallProfile", this::clear)
        .on("createCallProfile", this::create);
  }

  private record Named(long profile) {}

  /// @param remembered whether the profile has the number, by which the next call is known
  private record Known(long profile, String name, boolean remembered) {}

  private Response set(Request request) {
    CallRecord call = call(request);
    long id = request.body(Named.class).profile();
    Profile profile =
        profiles
            .find(id)
            .orElseThrow(
                () -> Problem.invalid(List.of(new Fault("/profile", "there is no profile " + id))));
    boolean remembered =
        number(call).map(number -> profiles.remember(profile.id(), number)).orElse(false);
    say(request, call, Optional.of(candidate(profile)), "the call is not tied to the profile");
    return Response.ok(new Known(profile.id(), profile.name(), remembered));
  }

  private Response clear(Request request) {
    say(request, call(request), Optional.empty(), "the call is tied as before");
    return Response.noContent();
  }

  private Response create(Request request) {
    CallRecord call = call(request);
    Profile created = profiles.create(request, number(call));
    say(
        request,
        call,
        Optional.of(candidate(created)),
        "profile " + created.id() + " is created, but the call is not tied to it");
    return CallerProfiles.created(created);
  }

  /// @throws Problem 404 if there is no such call, 409 if nobody from outside calls
  private CallRecord call(Request request) {
    String id = request.path("id");
    // read first: an ended call is in the table before it leaves the memory
    Optional<CallRecord> inProgress = live.find(id);
    CallRecord call =
        calls
            .find(id)
            .or(() -> inProgress)
            .filter(found -> OwnCalls.mayRead(request, found))
            .orElseThrow(() -> Problem.notFound("call " + id));
    if (call.who().direction() != Direction.INBOUND) {
      throw Problem.conflict("only the caller of a call from outside has a profile");
    }
    return call;
  }

  /// Empty where the network showed none of the public network.
  private static Optional<PhoneNumber> number(CallRecord call) {
    return Optional.of(call.who().caller()).filter(PhoneNumber::isValid).map(PhoneNumber::new);
  }

  private static Candidate candidate(Profile profile) {
    return new Candidate(profile.id(), profile.name());
  }

  /// @param otherwise what is so if the journal takes no row now
  private void say(Request request, CallRecord call, Optional<Candidate> who, String otherwise) {
    ProfileNote note = ProfileNote.said(call.who().caller(), who, request.principal());
    try {
      notes.addProfile(call.id(), note).await(STORED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | IllegalStateException e) {
      throw Problem.unavailable(otherwise + ": the journal does not take it now");
    }
  }
}
