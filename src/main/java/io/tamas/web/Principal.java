package io.tamas.web;

import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The authenticated client: the holder of an API key, or a user who has signed in.
///
/// @param name of the API key, or `user:` and that of the user
/// @param grants what a user may beyond the role
/// @param reach what it sees of what belongs to extensions
/// @param own the extension of the key, or of the user
/// @param user empty for the holder of a key
public record Principal(
    String name,
    Set<Scope> scopes,
    Set<Grant> grants,
    Reach reach,
    Optional<ExtensionNumber> own,
    Optional<User> user) {

  /// An extension, and since when its calls are theirs: what happened before belongs to an earlier
  /// owner of its number.
  public record Owner(ExtensionNumber extension, Instant since) {}

  /// What somebody sees of calls, recordings, mailboxes, devices and their events.
  public sealed interface Reach {
    record Everything() implements Reach {}

    /// What is of these extensions, of each what happened since; of none, nothing.
    record Extensions(Map<ExtensionNumber, Instant> since) implements Reach {
      public Extensions {
        since = Map.copyOf(since);
      }

      /// One that is there twice counts since the earlier time.
      static Extensions of(Collection<Owner> owners) {
        Map<ExtensionNumber, Instant> since = new HashMap<>();
        owners.forEach(owner ->
            since.merge(
                owner.extension(),
                owner.since(),
                (one, other) -> one.isBefore(other) ? one : other));
        return new Extensions(since);
      }

      public boolean isEmpty() {
        return since.isEmpty();
      }

      public boolean includes(ExtensionNumber extension) {
        return since.containsKey(extension);
      }

      /// Whether it includes what happened to the extension then.
      public boolean includes(ExtensionNumber extension, Instant happened) {
        Instant from = since.get(extension);
        return from != null && !happened.isBefore(from);
      }

      /// Only that extension of them.
      public Extensions only(ExtensionNumber extension) {
        Instant from = since.get(extension);
        return new Extensions(from == null ? Map.of() : Map.of(extension, from));
      }
    }

    /// Whether it includes all that the other one does.
    default boolean covers(Reach other) {
      return switch (this) {
        case Everything() -> true;
        case Extensions mine ->
            other instanceof Extensions(Map<ExtensionNumber, Instant> theirs)
                && theirs.entrySet().stream()
                    .allMatch(one -> mine.includes(one.getKey(), one.getValue()));
      };
    }
  }

  /// Who has signed in.
  ///
  /// @param session by which
  /// @param oneTime whether by a one-time password, which must first be replaced
  /// @param codesDue whether one-time codes are demanded of them that they must first set up
  public record User(String name, Role role, long session, boolean oneTime, boolean codesDue) {
    /// Of whom no codes are demanded.
    public User(String name, Role role, long session, boolean oneTime) {
      this(name, role, session, oneTime, false);
    }
  }

  public Principal {
    scopes = Set.copyOf(scopes);
    grants = Set.copyOf(grants);
  }

  /// The holder of a key.
  ///
  /// @param owner the only extension for which the key makes calls, acts on them and reads them
  public Principal(String name, Set<Scope> scopes, Optional<Owner> owner) {
    this(
        name,
        scopes,
        Set.of(),
        owner.<Reach>map(one -> Reach.Extensions.of(List.of(one))).orElseGet(Reach.Everything::new),
        owner.map(Owner::extension),
        Optional.empty());
  }

  /// The holder of a key that belongs to no extension.
  public Principal(String name, Set<Scope> scopes) {
    this(name, scopes, Optional.empty());
  }

  /// One who has signed in; administrators see everything.
  ///
  /// @param owner the extension of the user
  /// @param supervised the extensions of the groups that the user supervises
  public static Principal of(
      User user, Set<Grant> grants, Optional<Owner> owner, Collection<Owner> supervised) {
    List<Owner> owners = new ArrayList<>(supervised);
    owner.ifPresent(owners::add);
    return new Principal(
        "user:" + user.name(),
        user.role().scopes(),
        grants,
        user.role() == Role.ADMINISTRATOR ? new Reach.Everything() : Reach.Extensions.of(owners),
        owner.map(Owner::extension),
        Optional.of(user));
  }

  boolean seesTheSameAs(Principal other) {
    return reach.equals(other.reach)
        && grants.equals(other.grants)
        && user.map(User::role).equals(other.user.map(User::role));
  }

  /// What it reaches in an operation that a grant opens for all extensions.
  Reach reach(Optional<Grant> opening) {
    return opening.filter(grants::contains).<Reach>map(_ -> new Reach.Everything()).orElse(reach);
  }
}
