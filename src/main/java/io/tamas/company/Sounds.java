package io.tamas.company;

import io.tamas.company.Company.Prompt;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What Asterisk plays for a prompt. Pure: whether the file exists is the concern of
/// [PromptKeeper]; a missing one is skipped by Asterisk.
public final class Sounds {
  /// The folder of the prompts as Asterisk sees it.
  public static final String FOLDER = "/instance/prompts/";

  private Sounds() {}

  /// The name of a sound as `Playback` and `Background` expect it, without extension: of the first
  /// language that the prompt has, its audio or else its synthesised text; else the sound of
  /// Asterisk; else audio or text in any language.
  ///
  /// @param languages of the call, the preferred one first
  public static String of(Prompt prompt, List<String> languages) {
    return inOneOf(languages, prompt)
        .or(prompt::sound)
        .or(() -> inOneOf(spoken(prompt), prompt))
        .orElseThrow(() -> new IllegalStateException("a prompt without any sound"));
  }

  private static Optional<String> inOneOf(Collection<String> languages, Prompt prompt) {
    return languages.stream().flatMap(language -> in(language, prompt).stream()).findFirst();
  }

  private static Optional<String> in(String language, Prompt prompt) {
    return Optional.ofNullable(prompt.audio().get(language))
        .or(() ->
            Optional.ofNullable(prompt.texts().get(language))
                .map(text -> PromptFiles.nameOf(language, text)))
        .map(name -> FOLDER + name);
  }

  private static Collection<String> spoken(Prompt prompt) {
    TreeSet<String> languages = new TreeSet<>(prompt.audio().keySet());
    return languages.isEmpty() ? new TreeSet<>(prompt.texts().keySet()) : languages;
  }
}
