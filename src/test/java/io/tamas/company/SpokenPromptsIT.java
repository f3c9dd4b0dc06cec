package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.company.Company.Prompt;
import io.tamas.db.TestDatabase;
import io.tamas.ops.AsteriskHome;
import io.tamas.ops.AsteriskProcess;
import io.tamas.sound.Espeak;
import io.tamas.sound.Sox;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The prompts of the demo company by the real espeak-ng, and uploads by the real sox.
class SpokenPromptsIT {
  @TempDir private static Path folder;
  private static Sox sox;
  private static Espeak espeak;

  @BeforeAll
  static void obtain() throws Exception {
    AsteriskHome house =
        AsteriskHome.obtain(AsteriskProcess.home(System.getenv()), System.getenv());
    sox = new Sox(house.alone("sox"));
    espeak = new Espeak(house.alone("espeak-ng"), sox);
  }

  @Test
  void theDemoCompanySpeaksAllItsLanguages() throws Exception {
    Company demo = Yamls.company(Yamls.text("/demo-company.yaml"));
    Company stored = Company.of(1, demo.parts().toList());
    Path spoken = folder.resolve("spoken");
    PromptStore store = new PromptStore(spoken);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    new PromptKeeper(spoken, store, espeak, () -> stored, Clock.systemUTC(), meters).look(stored);
    assertEquals(0, meters.get("tamas.prompts.missing").gauge().value());
    int texts = 0;
    for (Prompt prompt : demo.prompts()) {
      for (String language : prompt.texts().keySet()) {
        String sound = Sounds.of(prompt, List.of(language)).substring(Sounds.FOLDER.length());
        assertTrue(seconds(store.file(sound)) > 0.5, prompt.name() + " " + language);
        texts++;
      }
    }
    assertEquals(8, texts);
  }

  @Test
  void uploadsBecomeWhatAsteriskPlays() throws Exception {
    Vertx vertx = Vertx.vertx();
    PromptStore store = new PromptStore(folder.resolve("uploaded"));
    try (CompanyNode node =
            new CompanyNode(
                TestDatabase.fresh(SpokenPromptsIT.class), folder.resolve("company.json"));
        RouteServer server =
            RouteServer.start(vertx, new PromptAudioRoutes(node.companies, store, sox))) {
      assertEquals(List.of(), node.replaceAll(Yamls.whole()));
      byte[] ogg = Files.readAllBytes(Path.of("src/test/resources/sound/tone.opus"));
      for (byte[] audio : List.of(wav(), ogg)) {
        HttpResponse<String> put =
            server.send(
                "PUT", "/prompts/welcome/audio/tr", "audio/wav", BodyPublishers.ofByteArray(audio));
        assertEquals(200, put.statusCode(), put.body());
        String name = RouteServer.json(put).path("audio").path("tr").asText();
        assertTrue(seconds(store.file(name)) > 0.2);
        assertEquals(PromptFiles.sha256(Files.readAllBytes(store.file(name))), name);
      }
      for (String wrong : List.of("#EXTM3U\n/etc/passwd\n", "RIFFxxxxWAVEfmt nothing", "")) {
        HttpResponse<String> put =
            server.send(
                "PUT", "/prompts/welcome/audio/tr", "audio/wav", BodyPublishers.ofString(wrong));
        assertEquals(422, put.statusCode(), put.body());
      }
    } finally {
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }

  /// Two seconds of a tone, as a studio would deliver it.
  private static byte[] wav() throws Exception {
    AudioFormat studio = new AudioFormat(44_100, 16, 2, true, false);
    byte[] samples = new byte[44_100 * 4 * 2];
    for (int i = 0; i < samples.length; i += 4) {
      short value = (short) (8_000 * Math.sin(i / 4 * 2 * Math.PI * 440 / 44_100));
      samples[i] = samples[i + 2] = (byte) value;
      samples[i + 1] = samples[i + 3] = (byte) (value >> 8);
    }
    Path file = folder.resolve("studio.wav");
    AudioSystem.write(
        new AudioInputStream(new java.io.ByteArrayInputStream(samples), studio, samples.length / 4),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    return Files.readAllBytes(file);
  }

  private static double seconds(Path file) throws Exception {
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat format = sound.getFormat();
      assertEquals(8_000, format.getSampleRate());
      assertEquals(1, format.getChannels());
      assertEquals(16, format.getSampleSizeInBits());
      return sound.getFrameLength() / 8_000.0;
    }
  }
}
