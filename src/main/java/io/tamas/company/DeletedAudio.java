package io.tamas.company;

import io.tamas.company.Company.Prompt;
import io.tamas.company.CompanyStored.Key;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Audio of prompts that was deleted; its file stays for a while ([PromptKeeper]).
public final class DeletedAudio implements Undoable {
  private static final String KIND = "prompt-audio";

  private final Companies companies;
  private final PromptStore store;

  private record Facts(String prompt, String language, String file) {}

  public DeletedAudio(Companies companies, PromptStore store) {
    this.companies = companies;
    this.store = store;
  }

  static void keep(Transaction tx, Prompt prompt, String language) {
    String file = prompt.audio().getOrDefault(language, "");
    Trash.open(
        tx,
        KIND,
        "prompt-audio:" + prompt.name() + "/" + language,
        new Facts(prompt.name(), language, file));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Facts facts = Json.read(entry.facts().toString(), Facts.class);
    return companies.restore(
        tx,
        (change, _) -> {
          Optional<Prompt> prompt =
              change.find(new Key(PartKind.PROMPT, facts.prompt())).map(Prompt.class::cast);
          Optional<String> hindrance = hindrance(prompt, facts);
          return hindrance
              .or(() -> change.replace(with(prompt.orElseThrow(), facts)))
              .<Undone>map(Undone.Changed::new)
              .orElseGet(Undone.Restored::new);
        });
  }

  private Optional<String> hindrance(Optional<Prompt> prompt, Facts facts) {
    if (prompt.isEmpty()) {
      return Optional.of("the prompt was deleted");
    }
    if (prompt.get().audio().containsKey(facts.language())) {
      return Optional.of("the prompt has other audio");
    }
    return store.has(facts.file()) ? Optional.empty() : Optional.of("the file is gone");
  }

  private static Prompt with(Prompt prompt, Facts facts) {
    Map<String, String> audio = new HashMap<>(prompt.audio());
    audio.put(facts.language(), facts.file());
    return new Prompt(prompt.name(), prompt.sound(), prompt.texts(), Map.copyOf(audio));
  }
}
