package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tamas.company.Company.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SoundsTest {
  private static final String AUDIO = "a".repeat(64);
  private static final String TEXT = PromptFiles.nameOf("fa", "سلام");

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void thePreferredLanguageIsPlayed(String expected, Prompt prompt, List<String> languages) {
    assertEquals(expected, Sounds.of(prompt, languages));
  }

  static Stream<Arguments> thePreferredLanguageIsPlayed() {
    Prompt both = prompt("ss-noservice", Map.of("fa", "سلام", "en", "Hello"), Map.of("tr", AUDIO));
    return Stream.of(
        arguments(Sounds.FOLDER + TEXT, both, List.of("fa", "en")),
        arguments(Sounds.FOLDER + AUDIO, both, List.of("tr", "fa")),
        arguments(Sounds.FOLDER + TEXT, both, List.of("ru", "fa")),
        arguments("ss-noservice", both, List.of("ru")),
        arguments("ss-noservice", both, List.of()),
        arguments(
            Sounds.FOLDER + AUDIO,
            prompt("", Map.of("fa", "سلام"), Map.of("fa", AUDIO)),
            List.of("fa")),
        arguments(
            Sounds.FOLDER + AUDIO,
            prompt("", Map.of("de", "Hallo"), Map.of("fa", AUDIO)),
            List.of("ru")),
        arguments(
            Sounds.FOLDER + PromptFiles.nameOf("de", "Hallo"),
            prompt("", Map.of("tr", "Merhaba", "de", "Hallo"), Map.of()),
            List.of("ru")));
  }

  @Test
  void aSpokenTextHasANameOfItsOwn() {
    assertEquals(64, TEXT.length());
    assertNotEquals(TEXT, PromptFiles.nameOf("ar", "سلام"));
    assertNotEquals(PromptFiles.nameOf("f", "as"), PromptFiles.nameOf("fa", "s"));
  }

  private static Prompt prompt(String sound, Map<String, String> texts, Map<String, String> audio) {
    return new Prompt("p", Optional.of(sound).filter(s -> !s.isEmpty()), texts, audio);
  }
}
