package io.tamas.audit;

import io.tamas.audit.Audit.Action;
import io.tamas.audit.Audit.Change;
import io.tamas.db.Transaction;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.ApiKeys;
import io.tamas.web.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Notes changes of API keys.
public final class AuditedKeys implements ApiKeys.Changes {
  private record Shown(List<String> scopes, Optional<ExtensionNumber> extension) {}

  @Override
  public void created(
      Transaction tx, String key, Set<Scope> scopes, Optional<ExtensionNumber> extension) {
    List<String> names = scopes.stream().map(Scope::toString).sorted().toList();
    Audit.record(tx, Change.of("key", key, Action.CREATED).after(new Shown(names, extension)));
  }

  @Override
  public void deleted(Transaction tx, String key) {
    Audit.record(tx, Change.of("key", key, Action.DELETED));
  }
}
