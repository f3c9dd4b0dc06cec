package io.tamas.crm.exchange;

import io.tamas.crm.Profile;
import io.tamas.crm.Profile.Kind;
import io.tamas.crm.ProfileBulk;
import io.tamas.crm.ProfileBulk.NameAndEmail;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The profiles that rows fit, looked up for many rows at once.
final class RowMatching {
  private static final int SHOWN = 3;

  private final IdentifiedBy identity;
  private final Map<PhoneNumber, Set<Long>> byNumber;
  private final Map<String, Set<Long>> byEmail;
  private final Map<NameAndEmail, Set<Long>> byNameAndEmail;
  private final Map<String, Set<Long>> byNameOnly;
  private final Map<String, Set<Long>> organisations;
  private final Map<Long, Profile> profiles;

  /// @param lock whether the profiles stay as they are until the end of the transaction
  RowMatching(ProfileBulk bulk, IdentifiedBy identity, Collection<RowContent> rows, boolean lock) {
    this.identity = identity;
    boolean byName = identity == IdentifiedBy.NAME_AND_NUMBER;
    byNumber = byName || identity == IdentifiedBy.NUMBER ? bulk.withNumbers(lines(rows)) : Map.of();
    byEmail = identity == IdentifiedBy.EMAIL ? bulk.withEmails(emails(rows)) : Map.of();
    byNameAndEmail = byName ? bulk.namedWithEmails(namesAndEmails(rows)) : Map.of();
    byNameOnly = identity == IdentifiedBy.NOTHING ? Map.of() : bulk.namedOnly(namesOnly(rows));
    organisations = bulk.organisations(organisationNames(rows));
    Set<Long> ids = new TreeSet<>();
    rows.forEach(row -> ids.addAll(candidates(row)));
    profiles = lock ? bulk.lock(ids) : bulk.read(ids);
  }

  private static Set<PhoneNumber> lines(Collection<RowContent> rows) {
    return rows.stream()
        .flatMap(row -> row.numbers().stream())
        .map(number -> number.number().line())
        .collect(Collectors.toSet());
  }

  private static Set<String> emails(Collection<RowContent> rows) {
    return rows.stream().flatMap(row -> row.emails().stream()).collect(Collectors.toSet());
  }

  private static Set<NameAndEmail> namesAndEmails(Collection<RowContent> rows) {
    return rows.stream()
        .flatMap(row -> row.emails().stream().map(email -> named(row, email)))
        .collect(Collectors.toSet());
  }

  private static NameAndEmail named(RowContent row, String email) {
    return new NameAndEmail(Folding.fold(row.name()), email.toLowerCase(Locale.ROOT));
  }

  private static Set<String> namesOnly(Collection<RowContent> rows) {
    return rows.stream()
        .filter(row -> isNameOnly(row) || isOrganisation(row))
        .map(row -> Folding.fold(row.name()))
        .collect(Collectors.toSet());
  }

  private static Set<String> organisationNames(Collection<RowContent> rows) {
    return rows.stream()
        .flatMap(row -> row.organisation().stream())
        .map(Folding::fold)
        .collect(Collectors.toSet());
  }

  private static boolean isNameOnly(RowContent row) {
    return row.numbers().isEmpty() && row.emails().isEmpty();
  }

  private static boolean isOrganisation(RowContent row) {
    return row.kind().equals(Optional.of(Kind.ORGANISATION));
  }

  private Set<Long> candidates(RowContent row) {
    Set<Long> found = new TreeSet<>();
    switch (identity) {
      case ID -> row.id().ifPresent(found::add);
      case NUMBER -> numbers(row, found);
      case EMAIL ->
          row.emails()
              .forEach(email ->
                  found.addAll(byEmail.getOrDefault(email.toLowerCase(Locale.ROOT), Set.of())));
      case NAME_AND_NUMBER -> {
        numbers(row, found);
        row.emails()
            .forEach(
                email -> found.addAll(byNameAndEmail.getOrDefault(named(row, email), Set.of())));
        if (isNameOnly(row)) {
          found.addAll(bare(row));
        }
      }
      case NOTHING -> {}
    }
    if (isOrganisation(row)) {
      found.addAll(bare(row));
    }
    return found;
  }

  private void numbers(RowContent row, Set<Long> found) {
    row.numbers()
        .forEach(one -> found.addAll(byNumber.getOrDefault(one.number().line(), Set.of())));
  }

  private Set<Long> bare(RowContent row) {
    return byNameOnly.getOrDefault(Folding.fold(row.name()), Set.of());
  }

  /// The profile that a row fits.
  ///
  /// @throws RefusedRow if several do
  Optional<Profile> match(RowContent row) {
    Set<Long> bare = isOrganisation(row) || isNameOnly(row) ? bare(row) : Set.of();
    List<Profile> fit =
        candidates(row).stream()
            .filter(id -> !bare.contains(id))
            .flatMap(id -> Optional.ofNullable(profiles.get(id)).stream())
            .filter(
                profile -> identity != IdentifiedBy.NAME_AND_NUMBER || isNamed(profile, row.name()))
            .toList();
    if (fit.isEmpty()) {
      // an organisation that a person named before is the same, whatever is known of it now
      fit =
          bare.stream()
              .flatMap(id -> Optional.ofNullable(profiles.get(id)).stream())
              .filter(profile -> row.kind().orElse(profile.kind()) == profile.kind())
              .toList();
    }
    if (identity == IdentifiedBy.ID) {
      fit.stream()
          .filter(profile -> !bare.contains(profile.id()) && !isAkin(profile, row))
          .findFirst()
          .ifPresent(other -> {
            throw new RefusedRow(
                0,
                "has the id of a profile with another name, other numbers and other e-mail addresses");
          });
    }
    if (fit.size() > 1) {
      throw new RefusedRow(0, "fits several profiles: " + ids(fit));
    }
    return fit.stream().findFirst();
  }

  /// A file of another Tamas has ids of its own.
  private static boolean isAkin(Profile profile, RowContent row) {
    return isNamed(profile, row.name())
        || profile.numbers().stream()
            .anyMatch(had ->
                row.numbers().stream()
                    .anyMatch(one -> one.number().line().equals(had.number().line())))
        || profile.content().emails().stream()
            .anyMatch(had -> row.emails().stream().anyMatch(had::equalsIgnoreCase));
  }

  private static boolean isNamed(Profile profile, String name) {
    return Folding.fold(profile.name()).equals(Folding.fold(name));
  }

  private static String ids(List<Profile> profiles) {
    String shown =
        profiles.stream()
            .limit(SHOWN)
            .map(profile -> "" + profile.id())
            .collect(Collectors.joining(", "));
    return profiles.size() > SHOWN ? shown + "…" : shown;
  }

  /// The organisation that a row names; empty if there is none of that name yet.
  ///
  /// @param fits the profile that the row fits
  /// @throws RefusedRow if several have the name
  Optional<Long> organisation(RowContent row, Optional<Profile> fits) {
    Set<Long> named =
        new HashSet<>(
            row.organisation()
                .map(name -> organisations.getOrDefault(Folding.fold(name), Set.of()))
                .orElse(Set.of()));
    Optional<Long> own = fits.flatMap(profile -> profile.content().organisation());
    if (own.filter(named::contains).isPresent()) {
      return own;
    }
    if (named.size() > 1) {
      throw new RefusedRow(0, "several organisations have the name of its own");
    }
    return named.stream().findFirst();
  }
}
