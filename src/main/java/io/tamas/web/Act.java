package io.tamas.web;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Who does something, from where and by which operation: bound to the thread of a request or of a
/// command, so that what a change needs of it passes through no store. What no one asked for is
/// done by the server.
public final class Act {
  private static final ScopedValue<Act> CURRENT = ScopedValue.newInstance();

  private final String actor;
  private final Optional<Principal> principal;
  private final Optional<String> address;
  private final String operation;
  private volatile Optional<Undo> undo = Optional.empty();

  /// What the answer offers, as the header fields `Undo-Id` and `Undo-Until`.
  ///
  /// @param id by which what was deleted is brought back
  /// @param until when that is possible
  public record Undo(String id, Instant until) {}

  private Act(
      String actor, Optional<Principal> principal, Optional<String> address, String operation) {
    this.actor = actor;
    this.principal = principal;
    this.address = address;
    this.operation = operation;
  }

  /// That of this thread.
  public static Act current() {
    return CURRENT.isBound() ? CURRENT.get() : by("server");
  }

  /// Of nobody who has signed in.
  ///
  /// @param actor such as `command`
  public static Act by(String actor) {
    return new Act(actor, Optional.empty(), Optional.empty(), "");
  }

  static Act of(Principal principal, Client client, Operation operation) {
    String name =
        principal.user().isPresent() || principal.name().isEmpty()
            ? principal.name()
            : "key:" + principal.name();
    return new Act(name, Optional.of(principal), Optional.of(client.address()), operation.id());
  }

  /// Notes something as done by whom the request has only made known, such as by signing in.
  public void of(String known, Runnable work) {
    ScopedValue.where(CURRENT, new Act(known, principal, address, operation)).run(work);
  }

  /// Binds it to this thread for as long as the work takes.
  public <T> T during(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /// `user:` and the name of a user, `key:` and that of an API key, `server` or `command`; empty
  /// for a stranger.
  public String actor() {
    return actor;
  }

  /// Who has signed in.
  public Optional<Principal> principal() {
    return principal;
  }

  /// The IP address of the client's machine.
  public Optional<String> address() {
    return address;
  }

  /// The id of the operation; empty outside requests.
  public String operation() {
    return operation;
  }

  /// Has the answer of the request say how to bring back what it deletes.
  public void offer(Undo offered) {
    undo = Optional.of(offered);
  }

  Optional<Undo> undo() {
    return undo;
  }
}
