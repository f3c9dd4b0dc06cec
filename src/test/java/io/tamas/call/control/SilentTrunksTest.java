package io.tamas.call.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.TrunkAttempt;
import io.tamas.call.control.SilentTrunks.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SilentTrunksTest {
  private static final TrunkAttempt ONE =
      new TrunkAttempt("1", "PJSIP/trunk-a-1", "192.0.2.1:5060", false);
  private static final TrunkAttempt OTHER = new TrunkAttempt("2", "PJSIP/trunk-b-2", "", false);
  private static final TrunkAttempt PROMISES = new TrunkAttempt("4", "PJSIP/trunk-d-4", "", true);
  private static final TrunkAttempt HELP = new TrunkAttempt("3", "PJSIP/trunk-c-3", "", true);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<TrunkAttempt> left = new ArrayList<>();
  private final List<String> silentAddresses = new ArrayList<>();
  private final Set<TrunkAttempt> silent = Set.of(ONE, HELP);
  private final Set<TrunkAttempt> speechless = Set.of(ONE, OTHER, PROMISES);
  private Instant now = Instant.EPOCH;
  private boolean isAway;
  private Set<TrunkAttempt> refused = Set.of();

  private final SilentTrunks.Trunks trunks =
      new SilentTrunks.Trunks() {
        @Override
        public Map<TrunkAttempt, Answer> answers(List<TrunkAttempt> attempts)
            throws TimeoutException {
          if (isAway) {
            throw new TimeoutException("Asterisk does not answer");
          }
          return attempts.stream()
              .collect(Collectors.toMap(Function.identity(), SilentTrunksTest.this::answer));
        }

        @Override
        public List<TrunkAttempt> speechless(List<TrunkAttempt> attempts) {
          return attempts.stream().filter(speechless::contains).toList();
        }

        @Override
        public void leave(List<TrunkAttempt> attempts) {
          left.addAll(attempts);
        }
      };

  private Answer answer(TrunkAttempt attempt) {
    return silent.contains(attempt)
        ? Answer.NOTHING
        : refused.contains(attempt) ? Answer.REFUSAL : Answer.PROGRESS;
  }

  private SilentTrunks watch(int seconds) {
    SilentTrunks watch =
        new SilentTrunks(
            trunks, Duration.ofSeconds(seconds), () -> now, silentAddresses::add, registry);
    List.of(ONE, OTHER, HELP).forEach(watch::onAttempt);
    return watch;
  }

  private List<TrunkAttempt> leftAfter(SilentTrunks watch, double seconds) {
    now = Instant.EPOCH.plusMillis((long) (seconds * 1_000));
    watch.look();
    return List.copyOf(left);
  }

  @Test
  void silentTrunkIsLeftWhenItsPatienceIsOver() {
    SilentTrunks watch = watch(4);
    assertEquals(List.of(), leftAfter(watch, 2.9));
    assertEquals(List.of(HELP), leftAfter(watch, 3));
    assertEquals(List.of(HELP), leftAfter(watch, 3.9));
    assertEquals(List.of(HELP, ONE), leftAfter(watch, 4));
    assertEquals(List.of(HELP, ONE), leftAfter(watch, 100));
    assertEquals(2, registry.get("tamas.trunks.left").counter().count());
    assertEquals(List.of("192.0.2.1:5060"), silentAddresses);
  }

  @Test
  void trunkThatSendsNoVoiceIsLeftInAnEmergencyOnly() {
    SilentTrunks watch = watch(20);
    watch.onAttempt(PROMISES);
    assertEquals(List.of(HELP), leftAfter(watch, 14.9));
    assertEquals(List.of(HELP, PROMISES), leftAfter(watch, 15));
    assertEquals(List.of(HELP, PROMISES, ONE), leftAfter(watch, 100));
  }

  @Test
  void emergencyCallWaitsNoLongerThanOthers() {
    SilentTrunks watch = watch(2);
    assertEquals(Set.of(ONE, HELP), Set.copyOf(leftAfter(watch, 2)));
  }

  @Test
  void attemptsOfWhichAsteriskSaysNothingLoseNoOthersAndAreAskedAgain() {
    SilentTrunks watch = watch(15);
    isAway = true;
    leftAfter(watch, 14.9);
    watch.onAttempt(PROMISES);
    assertEquals(List.of(PROMISES), leftAfter(watch, 29.9));
    isAway = false;
    assertEquals(List.of(PROMISES), leftAfter(watch, 30.8));
    assertEquals(Set.of(PROMISES, ONE, HELP), Set.copyOf(leftAfter(watch, 30.9)));
  }

  @Test
  void trunkThatHasRefusedIsLeftWhenWhatAsteriskAsksNextAnswersNothingEither() {
    refused = Set.of(OTHER, PROMISES);
    SilentTrunks watch = watch(4);
    watch.onAttempt(PROMISES);
    assertEquals(List.of(HELP), leftAfter(watch, 3));
    assertEquals(List.of(HELP, ONE), leftAfter(watch, 4));
    assertEquals(List.of(HELP, ONE, PROMISES), leftAfter(watch, 6));
    assertEquals(List.of(HELP, ONE, PROMISES), leftAfter(watch, 7.9));
    assertEquals(List.of(HELP, ONE, PROMISES, OTHER), leftAfter(watch, 8));
    assertEquals(List.of(HELP, ONE, PROMISES, OTHER), leftAfter(watch, 14));
  }

  @Test
  void trunkThatHasRefusedAndGoesOnIsNotLeft() {
    refused = Set.of(OTHER);
    SilentTrunks watch = watch(4);
    assertEquals(Set.of(HELP, ONE), Set.copyOf(leftAfter(watch, 4)));
    refused = Set.of();
    assertEquals(Set.of(HELP, ONE), Set.copyOf(leftAfter(watch, 100)));
  }

  @Test
  void nothingIsAskedOnceAsteriskHasLeftTheTrunkItself() {
    SilentTrunks watch = watch(4);
    isAway = true;
    leftAfter(watch, 40);
    isAway = false;
    assertEquals(List.of(), leftAfter(watch, 100));
  }
}
