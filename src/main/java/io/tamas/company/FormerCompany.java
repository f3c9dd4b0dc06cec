package io.tamas.company;

import io.tamas.company.CompanyStored.Key;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What a company had before it was replaced as a whole. It comes back if nothing was changed
/// since; extensions that the replacement had deleted, with new passwords.
public final class FormerCompany implements Undoable {
  private static final String KIND = "company";

  private final Companies companies;

  private record Facts(long version, List<Name> created) {}

  private record Name(PartKind kind, String name) {}

  public FormerCompany(Companies companies) {
    this.companies = companies;
  }

  /// @param former the parts that are changed or deleted
  /// @param created those that are new
  /// @param version after the replacement
  static void keep(Transaction tx, Collection<Key> former, Collection<Key> created, long version) {
    List<Name> names = created.stream().map(key -> new Name(key.kind(), key.name())).toList();
    Trash.Entry entry = Trash.open(tx, KIND, "company", new Facts(version, names));
    KeptParts.keep(tx, entry, former);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Facts facts = Json.read(entry.facts().toString(), Facts.class);
    List<Key> created =
        facts.created().stream().map(one -> new Key(one.kind(), one.name())).toList();
    return companies.restore(
        tx,
        (change, _) -> {
          Optional<String> changed =
              change.restore(KeptParts.parts(tx, entry), created, facts.version());
          if (changed.isPresent()) {
            return new Undone.Changed(changed.get());
          }
          KeptParts.complete(tx, entry);
          return new Undone.Restored();
        });
  }
}
