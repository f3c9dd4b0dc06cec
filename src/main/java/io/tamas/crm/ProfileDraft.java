package io.tamas.crm;

import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.text.Printable;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A profile as a client sends it: types and lengths are checked by the contract, numbers not yet.
record ProfileDraft(
    Profile.Kind kind,
    String name,
    Optional<String> category,
    Optional<String> owner,
    Optional<List<Number>> numbers,
    Optional<Map<String, String>> fields) {

  record Number(String number, Optional<String> label, Optional<Integer> priority) {}

  /// The valid content.
  ///
  /// @param by reads the numbers
  /// @throws Problem with all faults
  Profile.Content content(WrittenNumbers by) {
    List<Fault> faults = new ArrayList<>();
    String visible = Printable.visible(name);
    text("/name", visible, faults);
    category.ifPresent(text -> text("/category", text, faults));
    owner
        .filter(text -> !ExtensionNumber.isValid(text))
        .ifPresent(wrong -> faults.add(new Fault("/owner", "must be 1 to 8 digits")));
    fields.ifPresent(all -> all.forEach((key, value) -> field(key, value, faults)));
    List<Profile.Number> valid = numbers(by, faults);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new Profile.Content(
        kind,
        visible.strip(),
        category.map(String::strip),
        owner.map(ExtensionNumber::new),
        valid,
        new TreeMap<>(fields.orElse(Map.of())));
  }

  private List<Profile.Number> numbers(WrittenNumbers by, List<Fault> faults) {
    List<Number> drafts = numbers.orElse(List.of());
    List<Profile.Number> valid = new ArrayList<>(drafts.size());
    Set<PhoneNumber> seen = new HashSet<>();
    for (int i = 0; i < drafts.size(); i++) {
      Number draft = drafts.get(i);
      String pointer = "/numbers/" + i;
      draft.label.ifPresent(label -> printable(pointer + "/label", label, faults));
      switch (by.read(draft.number)) {
        case Read.Number(PhoneNumber number) when !seen.add(number) ->
            faults.add(new Fault(pointer + "/number", "is a duplicate"));
        case Read.Number(PhoneNumber number) ->
            valid.add(
                new Profile.Number(
                    number, draft.label.orElse("").strip(), draft.priority.orElse(0)));
        case Read.Short _ -> faults.add(new Fault(pointer + "/number", WrittenNumbers.RULE));
        case Read.Wrong(String rule) -> faults.add(new Fault(pointer + "/number", rule));
      }
    }
    return valid;
  }

  private static void field(String name, String value, List<Fault> faults) {
    String pointer = "/fields/" + name.replace("~", "~0").replace("/", "~1");
    text(pointer, name, faults);
    if (value.indexOf('\0') >= 0) {
      faults.add(new Fault(pointer, "must not contain NUL"));
    }
  }

  private static void text(String pointer, String text, List<Fault> faults) {
    printable(pointer, text, faults);
    if (text.isBlank()) {
      faults.add(new Fault(pointer, "must not be blank"));
    } else if (!Printable.isSeen(text)) {
      faults.add(new Fault(pointer, "must have a visible character"));
    }
  }

  private static void printable(String pointer, String text, List<Fault> faults) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      faults.add(new Fault(pointer, "must not contain control characters"));
    }
  }
}
