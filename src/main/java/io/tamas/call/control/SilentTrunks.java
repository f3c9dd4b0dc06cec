package io.tamas.call.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.TrunkAttempt;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves trunks that answer nothing at all to a call, and in an emergency call those that promise
/// voice (183 with SDP) and send none: hangs up the channel to the trunk, and the dialplan tries
/// the next one (`dialplan/out.conf`).
///
/// Each attempt is looked at when its patience is over: one that has answered anything by then, be
/// it 100 Trying, is left alone; in an emergency call, until it is looked at again. Without ARI or
/// the events of AMI, and while Tamas is away, a silent trunk costs SIP's timer B, in an emergency
/// call 15 s; one that only promises voice is believed.
public final class SilentTrunks {
  private static final Logger log = LoggerFactory.getLogger(SilentTrunks.class);

  /// An emergency call waits no longer than that.
  private static final Duration EMERGENCY = Duration.ofSeconds(3);

  /// Nor does it wait longer than that for a ring or a voice, as in `dialplan/out.conf`.
  private static final Duration SPEECHLESS = Duration.ofSeconds(15);

  /// How long a round rests when nothing is due.
  private static final Duration REST = Duration.ofSeconds(10);

  /// More attempts than a machine makes in the longest patience; one beyond is not watched.
  private static final int MOST = 20_000;

  private final PriorityBlockingQueue<Due> waiting =
      new PriorityBlockingQueue<>(64, Comparator.comparing(Due::at));
  private final Trunks trunks;
  private final Duration silence;
  private final InstantSource clock;
  private final Counter left;
  private final Rounds rounds = new Rounds("silent-trunks", this::round);

  private record Due(Instant at, TrunkAttempt attempt, Look look) {}

  private enum Look {
    ANSWERS,
    SPEAKS
  }

  /// The channels to trunks. Each method throws an [AriFault] or a [TimeoutException] where
  /// Asterisk does not answer.
  interface Trunks {
    /// Those of which the channel exists and to which nothing was answered.
    List<TrunkAttempt> silent(List<TrunkAttempt> attempts) throws TimeoutException;

    /// Those that neither ring nor have connected the call, and from which no voice has come.
    List<TrunkAttempt> speechless(List<TrunkAttempt> attempts) throws TimeoutException;

    void leave(List<TrunkAttempt> attempts) throws TimeoutException;
  }

  /// @param silence after which a trunk is left
  public SilentTrunks(
      TrunkChannels trunks, Duration silence, InstantSource clock, MeterRegistry registry) {
    this((Trunks) trunks, silence, clock, registry);
  }

  SilentTrunks(Trunks trunks, Duration silence, InstantSource clock, MeterRegistry registry) {
    this.trunks = trunks;
    this.silence = silence;
    this.clock = clock;
    this.left =
        Counter.builder("tamas.trunks.left")
            .description(
                "Attempts to call over a trunk that were left: it answered nothing, or in an emergency sent no voice")
            .register(registry);
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  /// Completes when nothing is asked of Asterisk any longer.
  public Future<Void> close() {
    return rounds.close();
  }

  /// Returns at once.
  public void onAttempt(TrunkAttempt attempt) {
    if (waiting.size() >= MOST) {
      return;
    }
    Instant now = clock.instant();
    boolean isShorter = attempt.emergency() && silence.compareTo(EMERGENCY) > 0;
    waiting.add(new Due(now.plus(isShorter ? EMERGENCY : silence), attempt, Look.ANSWERS));
    if (attempt.emergency()) {
      waiting.add(new Due(now.plus(SPEECHLESS), attempt, Look.SPEAKS));
    }
    rounds.wake();
  }

  private Duration round() {
    try {
      look();
    } catch (AriFault | TimeoutException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("trunks were not checked");
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("trunks were not checked");
    }
    Due next = waiting.peek();
    return next == null ? REST : Duration.between(clock.instant(), next.at());
  }

  /// Leaves those whose patience is over and that have not done what they were waited for.
  void look() throws TimeoutException {
    Map<Look, List<TrunkAttempt>> due = new EnumMap<>(Look.class);
    Instant now = clock.instant();
    Due next = waiting.peek();
    while (next != null && !next.at().isAfter(now)) {
      waiting.remove(next);
      due.computeIfAbsent(next.look(), _ -> new ArrayList<>()).add(next.attempt());
      next = waiting.peek();
    }
    List<TrunkAttempt> answers = due.getOrDefault(Look.ANSWERS, List.of());
    if (!answers.isEmpty()) {
      leave(trunks.silent(answers), "left trunks that answer nothing");
    }
    List<TrunkAttempt> speaks = due.getOrDefault(Look.SPEAKS, List.of());
    if (!speaks.isEmpty()) {
      leave(trunks.speechless(speaks), "left trunks that send no voice");
    }
  }

  private void leave(List<TrunkAttempt> attempts, String what) throws TimeoutException {
    if (!attempts.isEmpty()) {
      log.atWarn()
          .addKeyValue("channels", attempts.stream().map(TrunkAttempt::name).toList())
          .log(what);
      trunks.leave(attempts);
      left.increment(attempts.size());
    }
  }
}
