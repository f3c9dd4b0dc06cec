package io.tamas.crm.exchange;

import io.tamas.crm.Profile.Kind;
import io.tamas.text.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// By what rows of one file may be the same profile, as texts. Pure.
final class RowKeys {
  private RowKeys() {}

  /// Two rows that have one of these in common may be the same.
  static List<String> of(RowContent row, IdentifiedBy identity) {
    List<String> keys = new ArrayList<>();
    String name = Folding.fold(row.name());
    switch (identity) {
      case ID -> row.id().ifPresent(id -> keys.add("id " + id));
      case NUMBER -> numbers(row, "", keys);
      case EMAIL -> emails(row, "", keys);
      case NAME_AND_NUMBER -> {
        numbers(row, name, keys);
        emails(row, name, keys);
        if (keys.isEmpty()) {
          keys.add("name " + name);
        }
      }
      case NOTHING -> {}
    }
    if (row.kind().equals(Optional.of(Kind.ORGANISATION))) {
      keys.add(organisation(row.name()));
    }
    return keys;
  }

  /// Of an organisation itself, which persons before it may have named.
  static String organisation(String name) {
    return "organisation " + Folding.fold(name);
  }

  private static void numbers(RowContent row, String name, List<String> keys) {
    row.numbers().forEach(one -> keys.add(one.number().line().e164() + ' ' + name));
  }

  private static void emails(RowContent row, String name, List<String> keys) {
    row.emails().forEach(email -> keys.add(email.toLowerCase(Locale.ROOT) + ' ' + name));
  }
}
