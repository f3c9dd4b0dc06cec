package io.tamas.crm;

import io.tamas.text.Folding;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A field as a client sends it: types and lengths are checked by the contract, the rest not yet.
record ProfileFieldDraft(
    String name,
    FieldType type,
    Optional<Boolean> several,
    Optional<List<String>> choices,
    Optional<Long> group) {

  /// @throws Problem with all faults
  ProfileField.Content content() {
    List<Fault> faults = new ArrayList<>();
    DraftText.seen("/name", name, faults);
    List<String> given = choices.orElse(List.of()).stream().map(String::strip).toList();
    if (type == FieldType.CHOICE && given.isEmpty()) {
      faults.add(new Fault("/choices", "must have at least one for a field of type CHOICE"));
    } else if (type != FieldType.CHOICE && !given.isEmpty()) {
      faults.add(new Fault("/choices", "is for fields of type CHOICE only"));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      DraftText.seen("/choices/" + i, given.get(i), faults);
      if (!seen.add(Folding.fold(given.get(i)))) {
        faults.add(new Fault("/choices/" + i, "is a duplicate"));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new ProfileField.Content(name.strip(), type, several.orElse(false), given, group);
  }
}
