package io.tamas.cli.phone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Secret;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// The demonstration phones with each other; with Asterisk between them they are tested by `UpIT`.
class PhonesIT {
  private static final InetSocketAddress NOBODY = new InetSocketAddress("127.0.0.1", 9);
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void aCallIsAnsweredAndBothSidesHearEachOther() throws Exception {
    try (DemoPhone phone = phone(Duration.ofMillis(100));
        ExternalCaller caller = caller(phone)) {
      caller.call("101");
      assertTrue(caller.answered().get(10, TimeUnit.SECONDS));
      await(() -> caller.heard().toMillis() > 100 && phone.heard().toMillis() > 100);
      caller.hangUp();
      await(() -> told.contains("180 Ringing") && told.contains("answers"));
    }
  }

  @Test
  void aCallerWhoGivesUpStopsTheRinging() throws Exception {
    try (DemoPhone phone = phone(Duration.ofMinutes(1));
        ExternalCaller caller = caller(phone)) {
      caller.call("101");
      await(() -> told.contains("180 Ringing"));
      caller.hangUp();
      assertFalse(caller.answered().get(10, TimeUnit.SECONDS));
      await(() -> told.contains("stops ringing"));
    }
  }

  @Test
  void audioIsDescribedAsItIsRead() {
    Sdp sdp = new Sdp(new InetSocketAddress("127.0.0.1", 4000), List.of(Codec.PCMA, Codec.PCMU));
    assertEquals(
        sdp, Sdp.parse(sdp.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)).orElseThrow());
    assertTrue(Sdp.parse(new byte[0]).isEmpty());
  }

  /// Values of ITU-T G.711, tables 1 and 2.
  @Test
  void samplesAreEncodedAsG711Says() {
    assertArrayEquals(
        new byte[] {(byte) 0xFF, (byte) 0x80, 0x00},
        new byte[] {Codec.PCMU.encode(0), Codec.PCMU.encode(32767), Codec.PCMU.encode(-32767)});
    assertArrayEquals(
        new byte[] {(byte) 0xD5, (byte) 0xAA, 0x2A},
        new byte[] {Codec.PCMA.encode(0), Codec.PCMA.encode(32767), Codec.PCMA.encode(-32767)});
  }

  private DemoPhone phone(Duration ring) throws Exception {
    return new DemoPhone("101", new Secret("x"), NOBODY, ring, told::add);
  }

  private ExternalCaller caller(DemoPhone phone) throws Exception {
    int port = phone.line.provider().getListeningPoint("udp").getPort();
    return new ExternalCaller(
        "+989121234567", "127.0.0.2", new InetSocketAddress("127.0.0.1", port), told::add);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, told::toString);
      Thread.sleep(10);
    }
  }
}
