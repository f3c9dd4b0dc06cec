package io.tamas.company;

import io.tamas.company.Company.Part;
import io.tamas.company.CompanyStored.Key;
import io.tamas.config.Secret;
import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parts of the company that were deleted. An extension comes back with its mailbox, which is that
/// of who had it, and with a new password; its keys have ended. A trunk has its password again.
public final class DeletedParts implements Undoable {
  private static final String KIND = "part";

  private final Companies companies;

  public DeletedParts(Companies companies) {
    this.companies = companies;
  }

  static void keep(Transaction tx, Key key) {
    Trash.Entry entry = Trash.open(tx, KIND, key.kind().singular() + ":" + key.name(), Map.of());
    KeptParts.keep(tx, entry, List.of(key));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    return companies.restore(
        tx,
        (change, passwords) -> {
          Part part = KeptParts.parts(tx, entry).getFirst();
          Secret password = passwords.next();
          Optional<String> changed = change.restore(part, password);
          if (changed.isPresent()) {
            return new Undone.Changed(changed.get());
          }
          KeptParts.complete(tx, entry);
          return new Undone.Restored(
              part instanceof Extension ? Optional.of(password.reveal()) : Optional.empty(),
              () -> {});
        });
  }
}
