package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.config.Codec;
import io.tamas.config.Srtp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `up` is told about voice.
class VoiceSettingsTest {
  private static final VoiceSettings TOLD =
      new VoiceSettings(List.of(Codec.OPUS, Codec.ALAW), Optional.of(Srtp.REQUIRED));

  @TempDir private Path folder;

  @Test
  void optionsTakePrecedenceOverTheEnvironmentAndTheRestStays() {
    Map<String, String> environment =
        Map.of("TAMAS_MEDIA_CODECS", "opus, alaw", "TAMAS_MEDIA_SRTP", "required");
    assertEquals(TOLD, VoiceSettings.DEFAULT.told(Optional.empty(), Optional.empty(), environment));
    assertEquals(
        new VoiceSettings(List.of(Codec.ULAW), Optional.of(Srtp.OFF)),
        TOLD.told(Optional.of("ulaw,ulaw"), Optional.of("off"), environment));
    assertEquals(TOLD, TOLD.told(Optional.empty(), Optional.empty(), Map.of()));
  }

  @Test
  void whatIsWrongIsToldByItsOption() {
    assertRefused(
        "--codecs must be opus, g722, alaw or ulaw, with commas between: g729", "alaw,g729", "off");
    assertRefused("--srtp must be off, optional or required: yes", "alaw", "yes");
  }

  private static void assertRefused(String told, String codecs, String srtp) {
    var fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> TOLD.told(Optional.of(codecs), Optional.of(srtp), Map.of()));
    assertEquals(told, fault.getMessage());
  }

  @Test
  void whatWasToldIsReadAtTheNextStart() throws IOException {
    InstanceFolder.keep(
        InstanceFolder.choose(folder, Map.of(), SipNetwork.LOOPBACK, TlsSettings.OWN, TOLD));
    assertEquals(TOLD, InstanceFolder.read(folder).voice());
    assertEquals("codecs opus, alaw; SRTP required", TOLD.text());
  }
}
