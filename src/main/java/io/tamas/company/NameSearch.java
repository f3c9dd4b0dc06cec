package io.tamas.company;

import io.tamas.text.Folding;
import java.util.function.Predicate;

/// Finds extensions by a part of the name, in any writing, or by the beginning of the number.
final class NameSearch {
  private NameSearch() {}

  static Predicate<Extension> of(String text) {
    String wanted = Folding.fold(text);
    return extension ->
        Folding.fold(extension.name()).contains(wanted) || extension.key().startsWith(wanted);
  }
}
