package io.tamas.crm;

import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A number of a profile as a client sends it.
///
/// @param type without it, the label says what it is
/// @param main without one among the numbers of a profile, the first is the main one
record NumberDraft(
    String number,
    Optional<NumberType> type,
    Optional<String> label,
    Optional<Boolean> main,
    Optional<Integer> priority) {

  /// The numbers that are valid, of which one is the main one.
  static List<Profile.Number> valid(
      List<NumberDraft> drafts, WrittenNumbers by, List<Fault> faults) {
    List<Profile.Number> valid = new ArrayList<>(drafts.size());
    Set<PhoneNumber> seen = new HashSet<>();
    boolean hasMain = false;
    for (int i = 0; i < drafts.size(); i++) {
      NumberDraft draft = drafts.get(i);
      String pointer = "/numbers/" + i;
      if (draft.isMain() && hasMain) {
        faults.add(new Fault(pointer + "/main", "only one number is the main one"));
      }
      hasMain |= draft.isMain();
      draft
          .valid(pointer, by, faults)
          .ifPresent(number -> {
            if (seen.add(number.number())) {
              valid.add(number);
            } else {
              faults.add(new Fault(pointer + "/number", "is a duplicate"));
            }
          });
    }
    return withMain(valid);
  }

  /// Empty if the number is none.
  Optional<Profile.Number> valid(String pointer, WrittenNumbers by, List<Fault> faults) {
    String words = label.orElse("").strip();
    DraftText.printable(pointer + "/label", words, faults);
    return switch (by.read(number)) {
      case Read.Number(PhoneNumber read) ->
          Optional.of(
              new Profile.Number(
                  read,
                  type.orElseGet(() -> NumberType.ofLabel(words)),
                  words,
                  isMain(),
                  priority.orElse(0)));
      case Read.Short _ -> wrong(pointer, WrittenNumbers.RULE, faults);
      case Read.Wrong(String rule) -> wrong(pointer, rule, faults);
    };
  }

  /// The same numbers; the first is the main one unless another is.
  static List<Profile.Number> withMain(List<Profile.Number> numbers) {
    if (numbers.isEmpty() || numbers.stream().anyMatch(Profile.Number::main)) {
      return List.copyOf(numbers);
    }
    List<Profile.Number> all = new ArrayList<>(numbers);
    all.set(0, numbers.getFirst().withMain(true));
    return List.copyOf(all);
  }

  private boolean isMain() {
    return main.orElse(false);
  }

  private static Optional<Profile.Number> wrong(String pointer, String rule, List<Fault> faults) {
    faults.add(new Fault(pointer + "/number", rule));
    return Optional.empty();
  }
}
