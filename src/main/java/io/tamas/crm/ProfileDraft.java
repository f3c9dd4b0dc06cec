package io.tamas.crm;

import static io.tamas.crm.DraftText.seen;

import io.tamas.crm.Profile.Kind;
import io.tamas.number.WrittenNumbers;
import io.tamas.text.EmailAddress;
import io.tamas.text.Printable;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A profile as a client sends it: types and lengths are checked by the contract, the rest not yet.
record ProfileDraft(
    Kind kind,
    String name,
    Optional<Long> organisation,
    Optional<String> category,
    Optional<String> owner,
    Optional<List<NumberDraft>> numbers,
    Optional<List<String>> emails,
    Optional<String> address,
    Optional<List<Long>> groups,
    Optional<Map<String, String>> fields,
    Optional<List<FieldValue>> values) {

  /// The valid content; its groups and values are checked where the fields are known.
  ///
  /// @param by reads the numbers
  /// @throws Problem with all faults
  Profile.Content content(WrittenNumbers by) {
    List<Fault> faults = new ArrayList<>();
    String visible = Printable.visible(name);
    seen("/name", visible, faults);
    organisation
        .filter(_ -> kind == Kind.ORGANISATION)
        .ifPresent(_ ->
            faults.add(new Fault("/organisation", "only a person belongs to an organisation")));
    category.ifPresent(text -> seen("/category", text, faults));
    fields.ifPresent(all -> all.forEach((key, value) -> field(key, value, faults)));
    List<Profile.Number> valid = NumberDraft.valid(numbers.orElse(List.of()), by, faults);
    List<String> addresses = emails(faults);
    Optional<String> lines = address.map(text -> DraftText.lines("/address", text, faults));
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new Profile.Content(
        kind,
        visible.strip(),
        organisation,
        category.map(String::strip),
        owner,
        valid,
        addresses,
        lines,
        groups.orElse(List.of()).stream().distinct().sorted().toList(),
        new TreeMap<>(fields.orElse(Map.of())),
        values.orElse(List.of()));
  }

  private List<String> emails(List<Fault> faults) {
    List<String> given =
        emails.orElse(List.of()).stream().map(Printable::visible).map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      if (!EmailAddress.isValid(given.get(i))) {
        faults.add(new Fault("/emails/" + i, EmailAddress.RULE));
      } else if (!seen.add(given.get(i).toLowerCase(Locale.ROOT))) {
        faults.add(new Fault("/emails/" + i, "is a duplicate"));
      }
    }
    return given;
  }

  private static void field(String name, String value, List<Fault> faults) {
    String pointer = "/fields/" + name.replace("~", "~0").replace("/", "~1");
    seen(pointer, name, faults);
    if (value.indexOf('\0') >= 0) {
      faults.add(new Fault(pointer, "must not contain NUL"));
    }
  }
}
