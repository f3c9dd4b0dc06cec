package io.tamas.company;

import io.tamas.company.Company.Menu;
import io.tamas.company.Company.Prompt;
import java.time.Duration;
import java.util.regex.Pattern;

/// The rules of prompts and menus. Pure.
final class VoiceRules {
  private static final int MAX_LANGUAGES = 20;
  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_SOUND = 80;
  private static final int MAX_TRIES = 10;
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");
  private static final Pattern KEY = Pattern.compile("[0-9*]");

  private VoiceRules() {}

  static void check(FieldRules fields, Prompt prompt) {
    fields.require(
        prompt.sound().isPresent() || !prompt.texts().isEmpty() || !prompt.audio().isEmpty(),
        "",
        "must have a sound, texts or audio");
    fields.require(
        prompt.sound().stream().allMatch(VoiceRules::isSound),
        "/sound",
        "must be the name of a sound of Asterisk such as demo-congrats: up to 80 letters, digits, _, -"
            + " and / between them"
            + prompt.sound().map(FieldRules::given).orElse(""));
    fields.atMost("/texts", prompt.texts().keySet(), MAX_LANGUAGES);
    prompt
        .texts()
        .forEach((language, text) -> {
          String pointer = inside("/texts", language);
          fields.language(pointer, language);
          fields.text(pointer, text, LONGEST_TEXT);
        });
    fields.atMost("/audio", prompt.audio().keySet(), MAX_LANGUAGES);
    prompt
        .audio()
        .forEach((language, name) -> {
          String pointer = inside("/audio", language);
          fields.language(pointer, language);
          fields.require(
              PromptFiles.isName(name),
              pointer,
              "must be the SHA-256 of uploaded audio" + FieldRules.given(name));
        });
  }

  static void check(FieldRules fields, Menu menu) {
    fields.known(PartKind.PROMPT, "/greeting", menu.greeting());
    fields.require(
        !menu.options().isEmpty() || menu.dialExtensions(),
        "/options",
        "must have a key such as \"1\": \"extension:101\", unless dialExtensions is true");
    menu.options()
        .forEach((key, destination) -> {
          String pointer = inside("/options", key);
          fields.require(
              FieldRules.matches(KEY, key),
              pointer,
              "must be a key, 0 to 9 or *, such as \"1\"" + FieldRules.given(key));
          fields.destination(pointer, destination);
        });
    menu.patience()
        .ifPresent(patience ->
            fields.seconds(
                "/patience", patience, MAX_TIMEOUT, "1 s to 1 min in whole seconds, such as PT5S"));
    fields.range("/tries", menu.tries(), 0, MAX_TRIES);
    fields.known(PartKind.PROMPT, "/noInput", menu.noInput());
    fields.known(PartKind.PROMPT, "/wrongInput", menu.wrongInput());
    fields.destination("/otherwise", menu.otherwise());
    fields.destination("/wrong", menu.wrong());
  }

  private static boolean isSound(String name) {
    return name.length() <= LONGEST_SOUND && FieldRules.matches(SOUND, name);
  }

  private static String inside(String pointer, String key) {
    return pointer + "/" + YamlTree.escaped(key);
  }
}
