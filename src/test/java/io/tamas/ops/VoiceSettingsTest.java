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
      new VoiceSettings(List.of(Codec.OPUS, Codec.ALAW), Optional.of(Srtp.REQUIRED), 200);

  @TempDir private Path folder;

  @Test
  void optionsTakePrecedenceOverTheEnvironmentAndTheRestStays() {
    Map<String, String> environment =
        Map.of(
            "TAMAS_MEDIA_CODECS",
            "opus, alaw",
            "TAMAS_MEDIA_SRTP",
            "required",
            "TAMAS_VOICE_PORTS",
            "200");
    assertEquals(
        TOLD,
        VoiceSettings.DEFAULT.told(
            Optional.empty(), Optional.empty(), Optional.empty(), environment));
    assertEquals(
        new VoiceSettings(List.of(Codec.ULAW), Optional.of(Srtp.OFF), 40),
        TOLD.told(Optional.of("ulaw,ulaw"), Optional.of("off"), Optional.of("40"), environment));
    assertEquals(TOLD, TOLD.told(Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
  }

  @Test
  void whatIsWrongIsToldByItsOption() {
    assertRefused(
        "--codecs must be opus, g722, alaw or ulaw, with commas between: g729",
        "alaw,g729",
        "off",
        "40");
    assertRefused("--srtp must be off, optional or required: yes", "alaw", "yes", "40");
    String bounds = "--voice-ports must be a whole number from 20 to 40000: ";
    assertRefused(bounds + "19", "alaw", "off", "19");
    assertRefused(bounds + "40001", "alaw", "off", "40001");
    assertRefused(bounds + "many", "alaw", "off", "many");
  }

  @Test
  void theLastVoicePortIsAPort() {
    var fault =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                InstanceFolder.choose(
                    folder, Map.of(Port.RTP, 65_400), SipNetwork.LOOPBACK, TlsSettings.OWN, TOLD));
    assertEquals(
        "--rtp-port must leave room for 200 voice ports up to 65535: 65400", fault.getMessage());
  }

  private static void assertRefused(String told, String codecs, String srtp, String ports) {
    var fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> TOLD.told(Optional.of(codecs), Optional.of(srtp), Optional.of(ports), Map.of()));
    assertEquals(told, fault.getMessage());
  }

  @Test
  void whatWasToldIsReadAtTheNextStart() throws IOException {
    InstanceFolder.keep(
        InstanceFolder.choose(folder, Map.of(), SipNetwork.LOOPBACK, TlsSettings.OWN, TOLD));
    assertEquals(TOLD, InstanceFolder.read(folder).voice());
    assertEquals("codecs opus, alaw; SRTP required; 200 voice ports", TOLD.text());
  }
}
