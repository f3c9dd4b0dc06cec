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
import java.util.Set;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves trunks that answer nothing at all to a call, and in an emergency call those that promise
/// voice (183 with SDP) and send none: hangs up the channel to the trunk, and the dialplan tries
/// the next one (`dialplan/out.conf`).
///
/// Each attempt is looked at when its patience is over: one that has answered anything by then, be
/// it 100 Trying, is left alone; in an emergency call, until it is looked at again. One that has
/// refused is called on by Asterisk itself, at its next server or with the password, and is looked
/// at once more when its patience is over again. Where Asterisk does not say what it has answered,
/// it is asked again every second. Without ARI or the events of AMI, and while Tamas is away, a
/// silent trunk costs SIP's timer B, in an emergency call 15 s; one that only promises voice is
/// believed.
public final class SilentTrunks {
  private static final Logger log = LoggerFactory.getLogger(SilentTrunks.class);

  /// An emergency call waits no longer than that.
  private static final Duration EMERGENCY = Duration.ofSeconds(3);

  /// Nor does it wait longer than that for a ring or a voice, as in `dialplan/out.conf`.
  private static final Duration SPEECHLESS = Duration.ofSeconds(15);

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /// SIP's timer B: by then Asterisk has left a silent trunk itself.
  private static final Duration TIMER_B = Duration.ofSeconds(32);

  /// How long a round rests when nothing is due.
  private static final Duration REST = Duration.ofSeconds(10);

  /// More attempts than a machine makes in the longest patience; one beyond is not watched.
  private static final int MOST = 20_000;

  private final PriorityBlockingQueue<Due> waiting =
      new PriorityBlockingQueue<>(64, Comparator.comparing(Due::at));
  private final Trunks trunks;
  private final Duration silence;
  private final InstantSource clock;
  private final Consumer<String> silent;
  private final Counter left;
  private final Rounds rounds = new Rounds("silent-trunks", this::round);

  /// @param began when the trunk was called
  private record Due(Instant at, TrunkAttempt attempt, Look look, Instant began) {
    Due again(Instant later, Look next) {
      return new Due(later, attempt, next, began);
    }
  }

  private enum Look {
    ANSWERS("left trunks that answer nothing"),
    /// It had refused: Asterisk has asked its next server, or again with the password.
    GOES_ON("left trunks that answer nothing after a refusal"),
    SPEAKS("left trunks that send no voice");

    private final String left;

    Look(String left) {
      this.left = left;
    }
  }

  /// What a trunk has answered last.
  enum Answer {
    NOTHING,
    /// Any final response but a success: as the channel exists, Asterisk goes on by itself.
    REFUSAL,
    PROGRESS
  }

  /// The channels to trunks. Each method throws an [AriFault] or a [TimeoutException] where
  /// Asterisk does not answer.
  interface Trunks {
    /// What was answered last to those of which the channel exists.
    Map<TrunkAttempt, Answer> answers(List<TrunkAttempt> attempts) throws TimeoutException;

    /// Those that neither ring nor have connected the call, and from which no voice has come.
    List<TrunkAttempt> speechless(List<TrunkAttempt> attempts) throws TimeoutException;

    void leave(List<TrunkAttempt> attempts) throws TimeoutException;
  }

  /// @param silence after which a trunk is left
  /// @param silent is told of addresses, of servers that have several, that have answered nothing;
  ///   must not wait
  public SilentTrunks(
      TrunkChannels trunks,
      Duration silence,
      InstantSource clock,
      Consumer<String> silent,
      MeterRegistry registry) {
    this((Trunks) trunks, silence, clock, silent, registry);
  }

  SilentTrunks(
      Trunks trunks,
      Duration silence,
      InstantSource clock,
      Consumer<String> silent,
      MeterRegistry registry) {
    this.trunks = trunks;
    this.silence = silence;
    this.clock = clock;
    this.silent = silent;
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
    waiting.add(new Due(now.plus(patience(attempt)), attempt, Look.ANSWERS, now));
    if (attempt.emergency()) {
      waiting.add(new Due(now.plus(SPEECHLESS), attempt, Look.SPEAKS, now));
    }
    rounds.wake();
  }

  private Duration patience(TrunkAttempt attempt) {
    return attempt.emergency() && silence.compareTo(EMERGENCY) > 0 ? EMERGENCY : silence;
  }

  private Duration round() {
    look();
    Due next = waiting.peek();
    return next == null ? REST : Duration.between(clock.instant(), next.at());
  }

  /// Leaves those whose patience is over and that have not done what they were waited for.
  void look() {
    Map<Look, List<Due>> due = new EnumMap<>(Look.class);
    Instant now = clock.instant();
    Due next = waiting.peek();
    while (next != null && !next.at().isAfter(now)) {
      waiting.remove(next);
      due.computeIfAbsent(next.look(), _ -> new ArrayList<>()).add(next);
      next = waiting.peek();
    }
    due.forEach((look, some) -> {
      if (!isAnswered(look, some, now)) {
        askAgain(some, now);
      }
    });
  }

  /// Whether Asterisk has said which of them are to be left, and has left those.
  private boolean isAnswered(Look look, List<Due> some, Instant now) {
    List<TrunkAttempt> attempts = some.stream().map(Due::attempt).toList();
    try {
      switch (look) {
        case ANSWERS -> {
          Map<TrunkAttempt, Answer> answers = trunks.answers(attempts);
          List<TrunkAttempt> nothing = those(answers, Set.of(Answer.NOTHING));
          leave(nothing, look);
          nothing.stream()
              .map(TrunkAttempt::address)
              .filter(address -> !address.isEmpty())
              .forEach(silent);
          waitOn(some, Set.copyOf(those(answers, Set.of(Answer.REFUSAL))), now);
        }
        case GOES_ON -> {
          Map<TrunkAttempt, Answer> answers = trunks.answers(attempts);
          leave(those(answers, Set.of(Answer.NOTHING, Answer.REFUSAL)), look);
        }
        case SPEAKS -> leave(trunks.speechless(attempts), look);
      }
      return true;
    } catch (AriFault | TimeoutException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("trunks were not checked");
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("trunks were not checked");
    }
    return false;
  }

  private static List<TrunkAttempt> those(Map<TrunkAttempt, Answer> answers, Set<Answer> which) {
    return answers.entrySet().stream()
        .filter(one -> which.contains(one.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// What refused them has had its time; what Asterisk asks now has the same.
  private void waitOn(List<Due> some, Set<TrunkAttempt> refused, Instant now) {
    some.stream()
        .filter(one -> refused.contains(one.attempt()))
        .map(one -> one.again(now.plus(patience(one.attempt())), Look.GOES_ON))
        .forEach(waiting::add);
  }

  private void askAgain(List<Due> some, Instant now) {
    some.stream()
        .filter(one -> one.began().plus(TIMER_B).isAfter(now))
        .map(one -> one.again(now.plus(AGAIN), one.look()))
        .forEach(waiting::add);
  }

  private void leave(List<TrunkAttempt> attempts, Look look) throws TimeoutException {
    if (!attempts.isEmpty()) {
      trunks.leave(attempts);
      left.increment(attempts.size());
      log.atWarn()
          .addKeyValue("channels", attempts.stream().map(TrunkAttempt::name).toList())
          .log(look.left);
    }
  }
}
