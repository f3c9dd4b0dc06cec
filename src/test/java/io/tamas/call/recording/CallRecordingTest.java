package io.tamas.call.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.CallRecording.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallRecordingTest {
  private static final RecordingId ID = new RecordingId(new UUID(1, 2));

  private final CallRecording recording = CallRecording.startedByDialplan(ID);

  @Test
  void firstSegmentIsTheDialplans() {
    assertEquals(List.of(), recording.update(Optional.empty()));
    assertFalse(recording.isRunning());
    assertEquals(List.of(), recording.update(conversation("ali", "x", "ali", "sara")));
    assertTrue(recording.isRunning());
    assertEquals(List.of(), recording.update(conversation("ali", "x", "ali", "sara")));
  }

  @Test
  void eachChangeOfTheConnectedPartiesStartsASegment() {
    recording.update(conversation("ali", "x", "ali", "sara"));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 2)),
        recording.update(conversation("ali", "x", "ali", "local")));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 3)),
        recording.update(conversation("ali", "y", "ali", "local")));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("omid", 4)),
        recording.update(conversation("omid", "y", "omid", "sara")));
  }

  @Test
  void nothingIsRecordedWhileAPartyWaits() {
    recording.update(conversation("ali", "x", "ali", "sara"));
    assertEquals(List.of(new Step.Stop("ali")), recording.update(Optional.empty()));
    assertEquals(List.of(), recording.update(Optional.empty()));
    assertEquals(
        new Step.Begin("ali", 2),
        recording.update(conversation("ali", "x", "ali", "sara")).getLast());
  }

  @Test
  void pauseLastsThroughATransfer() {
    recording.update(conversation("ali", "x", "ali", "sara"));
    assertEquals(List.of(new Step.Silence("ali", true)), recording.pause(true));
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 2), new Step.Silence("ali", true)),
        recording.update(conversation("ali", "x", "ali", "omid")));
    assertEquals(List.of(new Step.Silence("ali", false)), recording.pause(false));
  }

  @Test
  void stoppedRecordingIsRestartedOnlyOnRequest() {
    recording.update(conversation("ali", "x", "ali", "sara"));
    assertEquals(List.of(new Step.Stop("ali")), recording.stop());
    assertEquals(List.of(), recording.update(conversation("ali", "x", "ali", "omid")));
    assertEquals(
        new Step.Begin("ali", 2),
        recording.restart(conversation("ali", "x", "ali", "omid")).getLast());
  }

  @Test
  void afterARestartANewSegmentFollowsTheExistingOnes() {
    CallRecording known = CallRecording.of(ID, 3, RecordingState.RECORDING);
    assertEquals(
        List.of(new Step.Stop("ali"), new Step.Begin("ali", 4)),
        known.update(conversation("ali", "x", "ali", "sara")));
  }

  @Test
  void pauseAndStopLastThroughARestart() {
    assertEquals(
        new Step.Silence("ali", true),
        CallRecording.of(ID, 1, RecordingState.PAUSED)
            .update(conversation("ali", "x", "ali", "sara"))
            .getLast());
    assertEquals(
        List.of(),
        CallRecording.of(ID, 1, RecordingState.STOPPED)
            .update(conversation("ali", "x", "ali", "sara")));
  }

  @Test
  void stepsThatWereNotCarriedOutAreRepeated() {
    recording.update(conversation("ali", "x", "ali", "sara"));
    recording.update(conversation("ali", "x", "ali", "omid"));
    recording.reset();
    assertEquals(
        new Step.Begin("ali", 3),
        recording.update(conversation("ali", "x", "ali", "omid")).getLast());
  }

  @Test
  void segmentsAreNamedAfterTheRecording() {
    assertEquals(ID + ".wav", ID.fileName(1));
    assertEquals(ID + "-2.wav", ID.fileName(2));
  }

  private static Optional<RecordedConversation> conversation(
      String anchor, String bridge, String... members) {
    Channel channel = new Channel(anchor, anchor, "call", bridge, false, false);
    return Optional.of(new RecordedConversation(channel, bridge, Set.of(members), Set.of(), false));
  }
}
