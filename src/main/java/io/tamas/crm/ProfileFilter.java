package io.tamas.crm;

import io.tamas.crm.Profile.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which profiles are wanted, whatever their names; all conditions together.
///
/// @param group of the phone book, by id
/// @param organisation to which the persons belong
public record ProfileFilter(
    Optional<String> category,
    Optional<Kind> kind,
    Optional<Long> group,
    Optional<Long> organisation) {

  public static final ProfileFilter ALL =
      new ProfileFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final String CATEGORY = "p.category = $%d";
  private static final String PERSON = "p.kind = 'person'";
  private static final String ORGANISATION = "p.kind = 'organisation'";

  private static final String GROUP =
      "p.id in (select profile from profile_member where group_id = $%d)";

  private static final String OF_ORGANISATION =
      """
      p.organisation = (select id from profile where id = $%d and kind = 'organisation')
      """;

  /// The same of one kind only.
  public ProfileFilter of(Kind one) {
    return new ProfileFilter(category, Optional.of(one), group, organisation);
  }

  /// Conditions about the profile `p`.
  List<String> conditions(Parameters parameters) {
    List<String> conditions = new ArrayList<>();
    category.ifPresent(wanted -> conditions.add(parameters.in(CATEGORY, wanted)));
    kind.ifPresent(wanted ->
        conditions.add(
            switch (wanted) {
              case PERSON -> PERSON;
              case ORGANISATION -> ORGANISATION;
            }));
    group.ifPresent(wanted -> conditions.add(parameters.in(GROUP, wanted)));
    organisation.ifPresent(wanted -> conditions.add(parameters.in(OF_ORGANISATION, wanted)));
    return conditions;
  }
}
