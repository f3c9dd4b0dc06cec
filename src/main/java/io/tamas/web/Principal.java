package io.tamas.web;

import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The authenticated client: the holder of an API key, or a user who has signed in.
///
/// @param name of the API key, or `user:` and that of the user
/// @param reach what it sees of what belongs to extensions
/// @param user empty for the holder of a key
public record Principal(String name, Set<Scope> scopes, Reach reach, Optional<User> user) {

  /// An extension, and since when its calls are theirs: what happened before belongs to an earlier
  /// owner of its number.
  public record Owner(ExtensionNumber extension, Instant since) {
    /// For whom nothing has happened: only what is of everybody is also theirs.
    public static final Owner NOBODY = new Owner(new ExtensionNumber("0"), Instant.MAX);
  }

  /// What somebody sees of calls, recordings, mailboxes, devices and their events.
  public sealed interface Reach {
    record Everything() implements Reach {}

    /// What is of one extension, for which alone calls are made and acted on.
    record Own(Owner owner) implements Reach {}

    /// A user without an extension has nothing of their own.
    record Nothing() implements Reach {}
  }

  /// Who has signed in.
  ///
  /// @param session by which
  /// @param oneTime whether by a one-time password, which must first be replaced
  public record User(String name, Role role, long session, boolean oneTime) {}

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /// The holder of a key.
  ///
  /// @param owner the only extension for which the key makes calls, acts on them and reads them
  public Principal(String name, Set<Scope> scopes, Optional<Owner> owner) {
    this(
        name,
        scopes,
        owner.<Reach>map(Reach.Own::new).orElseGet(Reach.Everything::new),
        Optional.empty());
  }

  /// The holder of a key that belongs to no extension.
  public Principal(String name, Set<Scope> scopes) {
    this(name, scopes, Optional.empty());
  }

  /// One who has signed in; administrators see everything.
  ///
  /// @param owner the extension of the user
  public static Principal of(User user, Optional<Owner> owner) {
    Reach reach =
        user.role() == Role.ADMINISTRATOR
            ? new Reach.Everything()
            : owner.<Reach>map(Reach.Own::new).orElseGet(Reach.Nothing::new);
    return new Principal("user:" + user.name(), user.role().scopes(), reach, Optional.of(user));
  }

  /// The only extension that it reaches, if it reaches one.
  public Optional<Owner> owner() {
    return reach instanceof Reach.Own(Owner owner) ? Optional.of(owner) : Optional.empty();
  }
}
