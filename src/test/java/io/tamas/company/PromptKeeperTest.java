package io.tamas.company;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.company.Company.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptKeeperTest {
  private static final String AUDIO = "a".repeat(64);

  @TempDir private Path temp;
  private Path folder;
  private final FakeEngine engine = new FakeEngine();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private volatile Instant now = Instant.now();
  private volatile Company present = Company.empty();
  private PromptStore store;
  private PromptKeeper keeper;

  /// Writes the text itself.
  private static final class FakeEngine implements SpeechEngine {
    private final List<String> spoken = new ArrayList<>();
    private volatile String voice = "one";
    private volatile boolean away;

    @Override
    public String voice() {
      return voice;
    }

    @Override
    public void speak(String text, String language, Path out) throws SoundFault {
      try {
        Files.writeString(out, voice);
        if (away) {
          throw new SoundFault.Unavailable("away");
        }
        if (text.equals("…")) {
          throw new SoundFault.Refused("has nothing to play");
        }
      } catch (IOException e) {
        throw new SoundFault.Unavailable("disk");
      }
      spoken.add(language + ":" + text);
    }
  }

  @BeforeEach
  void folder() {
    folder = temp.resolve("prompts");
    store = new PromptStore(folder);
    keeper = new PromptKeeper(folder, store, engine, () -> present, () -> now, meters);
  }

  @Test
  void eachTextIsSpokenOnceWhateverPromptsNameIt() throws Exception {
    Company company =
        company(
            prompt("a", Map.of("fa", "سلام", "en", "Hello"), Map.of()),
            prompt("b", Map.of("fa", "سلام"), Map.of()));
    keeper.look(company);
    keeper.look(company);
    assertEquals(List.of("en:Hello", "fa:سلام"), engine.spoken.stream().sorted().toList());
    assertEquals(new TreeSet<>(List.of(file("fa", "سلام"), file("en", "Hello"), "voice")), files());
    assertEquals(0, missing());
  }

  @Test
  void whatHasAudioInItsLanguageIsNotSpoken() throws Exception {
    keeper.look(company(prompt("a", Map.of("fa", "سلام", "en", "Hello"), Map.of("fa", AUDIO))));
    assertEquals(List.of("en:Hello"), engine.spoken);
  }

  @Test
  void anotherVoiceSpeaksAllAnew() throws Exception {
    Company company = company(prompt("a", Map.of("fa", "سلام", "en", "Hello"), Map.of()));
    keeper.look(company);
    engine.voice = "two";
    keeper.look(company);
    keeper.look(company);
    assertEquals(4, engine.spoken.size());
    assertEquals("two", Files.readString(folder.resolve(file("fa", "سلام"))));
    assertEquals("two", Files.readString(folder.resolve("voice")));
  }

  @Test
  void whenTheEngineIsAwayTheOldFilesStayAndTheRestIsSpokenLater() throws Exception {
    Company first = company(prompt("a", Map.of("en", "Hello"), Map.of()));
    keeper.look(first);
    engine.away = true;
    engine.voice = "two";
    Company second = company(prompt("a", Map.of("en", "Hello", "tr", "Merhaba"), Map.of()));
    keeper.look(second);
    assertEquals("one", Files.readString(folder.resolve(file("en", "Hello"))));
    assertEquals(new TreeSet<>(List.of(file("en", "Hello"), "voice")), files());
    assertEquals(2, missing());

    engine.away = false;
    keeper.look(second);
    assertEquals("two", Files.readString(folder.resolve(file("tr", "Merhaba"))));
    assertEquals(0, missing());
  }

  @Test
  void aTextThatCannotBeSpokenHoldsUpNoOther() throws Exception {
    Company company =
        company(prompt("a", Map.of("en", "…"), Map.of()), prompt("b", Map.of("en", "b"), Map.of()));
    keeper.look(company);
    assertEquals(List.of("en:b"), engine.spoken);
    assertEquals(1, missing());
    assertFalse(store.has(PromptFiles.nameOf("en", "…")));
  }

  @Test
  void whatNothingNamesIsDeletedAnHourLater() throws Exception {
    keeper.look(company(prompt("a", Map.of("en", "Hello"), Map.of("fa", AUDIO))));
    Files.writeString(folder.resolve(AUDIO + ".wav"), "audio");
    Files.writeString(folder.resolve("new-1.wav"), "unfinished");
    Files.writeString(folder.resolve("README"), "somebody else's");
    for (Path file : List.of(folder.resolve(AUDIO + ".wav"), folder.resolve("new-1.wav"))) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
    Company without = company(prompt("a", Map.of("en", "Hi"), Map.of()));
    now = now.plus(Duration.ofMinutes(50));
    keeper.look(without);
    assertEquals(6, files().size());
    now = now.plus(Duration.ofMinutes(59));
    keeper.look(without);
    assertTrue(store.has(AUDIO), "it may be brought back");
    now = now.plus(Duration.ofMinutes(2));
    keeper.look(without);
    assertEquals(new TreeSet<>(List.of(file("en", "Hi"), "voice", "README")), files());
  }

  @Test
  void aCompanyThatWasNeverStoredDeletesNothing() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(AUDIO + ".wav"), "audio");
    now = now.plus(Duration.ofDays(1));
    keeper.look(Company.empty());
    assertTrue(store.has(AUDIO));
  }

  @Test
  void eachChangeOfTheCompanyIsLookedAt() {
    keeper.start();
    present = company(prompt("a", Map.of("en", "Hello"), Map.of()));
    keeper.wake();
    eventually(
        "it is spoken", Duration.ofSeconds(5), () -> store.has(PromptFiles.nameOf("en", "Hello")));
    keeper.close();
  }

  private double missing() {
    return meters.get("tamas.prompts.missing").gauge().value();
  }

  private static String file(String language, String text) {
    return PromptFiles.nameOf(language, text) + ".wav";
  }

  private TreeSet<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      TreeSet<String> names = new TreeSet<>();
      all.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }

  private static Prompt prompt(String name, Map<String, String> texts, Map<String, String> audio) {
    return new Prompt(name, Optional.empty(), texts, audio);
  }

  private static Company company(Prompt... prompts) {
    return Company.of(1, List.of(prompts));
  }
}
