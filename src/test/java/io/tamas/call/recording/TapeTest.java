package io.tamas.call.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.Tape.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TapeTest {
  private static final RecordingId ID = new RecordingId(new UUID(1, 2));

  private final Tape tape = Tape.begunByDialplan(ID);

  @Test
  void firstSegmentIsTheDialplans() {
    assertEquals(List.of(), tape.now(Optional.empty()));
    assertFalse(tape.records());
    assertEquals(List.of(), tape.now(talk("ali", "x", "ali", "sara")));
    assertTrue(tape.records());
    assertEquals(List.of(), tape.now(talk("ali", "x", "ali", "sara")));
  }

  @Test
  void eachChangeOfWhoIsConnectedBeginsASegment() {
    tape.now(talk("ali", "x", "ali", "sara"));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 2)),
        tape.now(talk("ali", "x", "ali", "local")));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 3)),
        tape.now(talk("ali", "y", "ali", "local")));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("omid", 4)),
        tape.now(talk("omid", "y", "omid", "sara")));
  }

  @Test
  void nothingIsRecordedWhileSomebodyWaits() {
    tape.now(talk("ali", "x", "ali", "sara"));
    assertEquals(List.of(new Step.Stop("ali")), tape.now(Optional.empty()));
    assertEquals(List.of(), tape.now(Optional.empty()));
    assertEquals(new Step.Begin("ali", 2), tape.now(talk("ali", "x", "ali", "sara")).getLast());
  }

  @Test
  void pauseLastsThroughATransfer() {
    tape.now(talk("ali", "x", "ali", "sara"));
    assertEquals(List.of(new Step.Silence("ali", true)), tape.pause(true));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 2), new Step.Silence("ali", true)),
        tape.now(talk("ali", "x", "ali", "omid")));
    assertEquals(List.of(new Step.Silence("ali", false)), tape.pause(false));
  }

  @Test
  void whatWasStoppedIsBegunAgainOnlyByWish() {
    tape.now(talk("ali", "x", "ali", "sara"));
    assertEquals(List.of(new Step.Stop("ali")), tape.stop());
    assertEquals(List.of(), tape.now(talk("ali", "x", "ali", "omid")));
    assertEquals(
        new Step.Begin("ali", 2), tape.beginAgain(talk("ali", "x", "ali", "omid")).getLast());
  }

  @Test
  void afterARestartANewSegmentFollowsThoseThatThereAre() {
    Tape known = Tape.goingOn(ID, 3, RecordingState.RECORDING);
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 4)),
        known.now(talk("ali", "x", "ali", "sara")));
  }

  @Test
  void pauseAndStopLastThroughARestart() {
    assertEquals(
        new Step.Silence("ali", true),
        Tape.goingOn(ID, 1, RecordingState.PAUSED).now(talk("ali", "x", "ali", "sara")).getLast());
    assertEquals(
        List.of(),
        Tape.goingOn(ID, 1, RecordingState.STOPPED).now(talk("ali", "x", "ali", "sara")));
  }

  @Test
  void whatAsteriskDidNotHearIsSaidAgain() {
    tape.now(talk("ali", "x", "ali", "sara"));
    tape.now(talk("ali", "x", "ali", "omid"));
    tape.lost();
    assertEquals(new Step.Begin("ali", 3), tape.now(talk("ali", "x", "ali", "omid")).getLast());
  }

  @Test
  void segmentsAreNamedAfterTheRecording() {
    assertEquals(ID + ".wav", ID.fileName(1));
    assertEquals(ID + "-2.wav", ID.fileName(2));
  }

  private static Optional<RecordedTalk> talk(String anchor, String bridge, String... members) {
    Channel channel = new Channel(anchor, anchor, "call", bridge, false, false);
    return Optional.of(new RecordedTalk(channel, bridge, Set.of(members), Set.of(), false));
  }
}
