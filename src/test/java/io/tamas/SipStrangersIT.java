package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Stranger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What strangers send to the SIP port is written apart from what Asterisk itself has to tell, and
/// none of their lines passes for one of Asterisk's.
@InTheLab
class SipStrangersIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int EACH = 20;
  private static final String FORGED =
      "[2026-11-29T08:30:00.000+0000] WARNING[1] app_dial.c: forged by a stranger";

  @Test
  void strangersWriteNothingIntoTheLogOfAsterisk(Lab lab) {
    Path logs = lab.asterisk().settings().data().resolve("logs");
    Path warnings = lab.asterisk().settings().folder().resolve("log/cel-custom/warnings.log");
    Path notices = logs.resolve("asterisk-notices.log");
    long before = size(notices);
    try (Stranger stranger = lab.stranger()) {
      for (int i = 0; i < EACH; i++) {
        stranger.sends("\u0000\u0001garbage\n");
        stranger.sends("INVITE sip:101@127.0.0.1 SIP/2.0\n" + FORGED + "\n\n");
        stranger.sends("INVITE sip:101@127.0.0.1 SIP/2.0\nVia: FOO\n\n");
        stranger.sends("OPTIONS sip:x SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1\n" + FORGED + "\n\n");
        stranger.asks("INVITE", "");
        stranger.asks("SUBSCRIBE", "Event: presence\n");
        stranger.asks("REGISTER", "Expires: " + "9".repeat(40) + "\n");
        stranger.asks("OPTIONS", "CSeq: 99999999999999 OPTIONS\n");
      }
      stranger.asks("LAST", "");
      stranger.asks("LAST", "");
      eventually("the last is written", SOON, () -> rest(notices, before).contains("'LAST'"));
      for (Path log : List.of(logs.resolve("asterisk.log"), warnings)) {
        assertEquals(
            List.of(),
            rest(log, 0)
                .lines()
                .filter(line -> line.contains("forged") || line.contains(stranger.address()))
                .toList());
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String rest(Path file, long from) {
    try {
      byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return new String(all, (int) from, all.length - (int) from, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
