package io.tamas.call.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.LiveChannels;
import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.call.record.CallRecord;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the calls of which no party has sent RTP or RTCP for a time: all have vanished without a
/// BYE.
///
/// Asterisk itself ends what it can know of: a party whose session timer expires (RFC 4028), and a
/// leg that was silent for its `rtpSilence`. So only calls without a session timer are looked at
/// here, with two parties that are connected and not on hold. What cannot be asked of Asterisk is
/// taken for a sign of life.
///
/// Works on its own thread, one call at a time with few requests: the first party of a call that
/// was heard is enough.
public final class DeadCalls {
  private static final Logger log = LoggerFactory.getLogger(DeadCalls.class);

  /// Rounds in the time after which a call is dead.
  private static final int ROUNDS = 3;

  private final LiveCalls calls;
  private final LiveChannels channels;
  private final Media media;
  private final Duration deadAfter;
  private final Clock clock;
  private final Counter ended;
  private final SignsOfLife signs = new SignsOfLife();
  private final Rounds rounds = new Rounds("dead-calls", this::round);

  /// What Asterisk knows of the parties. Each throws an [AriFault] or a [TimeoutException].
  interface Media {
    /// For each channel what was received from it so far; a channel without RTP is left out.
    Map<String, String> counters(List<Channel> channels) throws TimeoutException;

    /// The unique ids of all channels that are looked at.
    void keep(Collection<String> channels);

    boolean hasSessionTimer(Channel channel) throws TimeoutException;

    void hangUp(Channel channel) throws TimeoutException;
  }

  /// @param deadAfter without RTP and RTCP
  public DeadCalls(
      LiveCalls calls,
      LiveChannels channels,
      RtpStatistics media,
      Duration deadAfter,
      Clock clock,
      MeterRegistry registry) {
    this.calls = calls;
    this.channels = channels;
    this.media = media;
    this.deadAfter = deadAfter;
    this.clock = clock;
    this.ended =
        Counter.builder("tamas.calls.dead")
            .description("Calls that were ended because all of their parties had vanished")
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

  private Duration round() {
    try {
      check();
    } catch (AriFault | TimeoutException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("calls were not checked");
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("calls were not checked");
    }
    return deadAfter.dividedBy(ROUNDS);
  }

  private void check() throws TimeoutException {
    Map<String, List<Channel>> talks = talks();
    signs.keep(talks.keySet());
    media.keep(
        talks.values().stream()
            .flatMap(List::stream)
            .map(Channel::uniqueId)
            .collect(Collectors.toUnmodifiableSet()));
    Set<String> heard = new HashSet<>();
    // the first party of each call; the others only of the calls in which that one is silent
    hear(talks, heard, 0, 1);
    hear(talks, heard, 1, Integer.MAX_VALUE);
    for (Map.Entry<String, List<Channel>> talk : talks.entrySet()) {
      if (isDead(talk.getKey(), talk.getValue())) {
        end(talk.getKey(), talk.getValue());
      }
    }
  }

  private void hear(Map<String, List<Channel>> talks, Set<String> heard, int from, int to)
      throws TimeoutException {
    Map<String, Channel> asked = new LinkedHashMap<>();
    talks.forEach((call, parties) -> {
      if (!heard.contains(call)) {
        parties.stream().skip(from).limit(to).forEach(one -> asked.put(one.uniqueId(), one));
      }
    });
    Map<String, String> counters = media.counters(List.copyOf(asked.values()));
    Instant now = clock.instant();
    asked.forEach((id, channel) -> {
      String count = counters.getOrDefault(id, "unknown at " + now);
      if (signs.hears(channel.call(), id, count, now)) {
        heard.add(channel.call());
      }
    });
  }

  private boolean isDead(String call, List<Channel> parties) throws TimeoutException {
    Instant now = clock.instant();
    if (Duration.between(signs.lastHeard(call, now), now).compareTo(deadAfter) < 0) {
      return false;
    }
    for (Channel party : parties) {
      if (media.hasSessionTimer(party)) {
        return false;
      }
    }
    return true;
  }

  private void end(String call, List<Channel> parties) throws TimeoutException {
    log.atWarn()
        .addKeyValue("call", call)
        .addKeyValue("silentFor", deadAfter)
        .log("ended a call: none of its parties sends RTP or RTCP any longer");
    ended.increment();
    for (Channel party : parties) {
      media.hangUp(party);
    }
  }

  /// The parties of each call in which people are connected, and none of them is on hold.
  private Map<String, List<Channel>> talks() {
    Map<String, List<Channel>> talks = new LinkedHashMap<>();
    for (CallRecord call : calls.list()) {
      List<Channel> parties =
          channels.of(call.id()).stream()
              .filter(one -> one.isPerson() && !one.bridge().isEmpty())
              .toList();
      if (parties.size() > 1 && parties.stream().noneMatch(one -> one.held() || one.music())) {
        talks.put(call.id(), new ArrayList<>(parties));
      }
    }
    return talks;
  }
}
