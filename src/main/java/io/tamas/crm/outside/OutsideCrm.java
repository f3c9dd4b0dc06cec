package io.tamas.crm.outside;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Config;
import io.tamas.number.PhoneNumber;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.OutboundFault;
import io.tamas.outbound.Reply;
import io.tamas.outbound.Target;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// Asks the CRM who has a number, and keeps the answer, also that nobody has it.
///
/// An answer that has expired is given once more while the next is asked for behind. While the CRM
/// is in trouble it is not asked at all: what is kept is given, however old, and of all others
/// nothing is known, at once.
public final class OutsideCrm {
  /// The maximum bytes read of an answer; a longer one is none.
  private static final int MAX_ANSWER = 65_536;

  /// The maximum of questions in progress, beyond which calls are not looked up.
  private static final int MAX_ASKED = 32;

  /// What nobody has asked for since.
  private static final Duration FORGOTTEN = Duration.ofDays(7);

  private final Config.OutsideCrm config;
  private final Template template;
  private final AnswerReading reading;
  private final OutboundClient client;
  private final LongSupplier nanoTime;
  private final MeterRegistry metrics;
  private final Trouble trouble;
  private final Cache<PhoneNumber, Known> known;
  private final ConcurrentMap<PhoneNumber, Future<Optional<OutsideContact>>> asked =
      new ConcurrentHashMap<>();

  /// How a call found what it did, as counted by the metric `tamas.crm.outside`.
  private enum By {
    MEMORY,
    ASKED,
    LATE,
    PAUSED,
    FAILED
  }

  private record Known(Optional<OutsideContact> contact, long since) {}

  /// @param client with the patience of the configuration
  public OutsideCrm(
      Config.OutsideCrm config,
      OutboundClient client,
      LongSupplier nanoTime,
      MeterRegistry metrics) {
    this.config = config;
    this.template = Template.of(config);
    this.reading = new AnswerReading(template, config);
    this.client = client;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.trouble = new Trouble(nanoTime);
    this.known =
        Caffeine.newBuilder().maximumSize(config.cacheSize()).expireAfterAccess(FORGOTTEN).build();
    Gauge.builder("tamas.crm.outside.cached", known, Cache::estimatedSize).register(metrics);
  }

  /// Begins to ask for a number that is not known, so that the answer may be there when [#find] is
  /// called. Does not wait.
  public void prepare(PhoneNumber shown) {
    PhoneNumber number = shown.line();
    if (known.getIfPresent(number) == null) {
      ask(number);
    }
  }

  /// Who has the number, as far as that is known within a time. Never throws.
  ///
  /// @param nanos for which it may wait
  public Optional<OutsideContact> find(PhoneNumber shown, long nanos) {
    PhoneNumber number = shown.line();
    Known kept = known.getIfPresent(number);
    if (kept != null) {
      if (nanoTime.getAsLong() - kept.since > config.cacheTtl().toNanos()) {
        ask(number);
      }
      return counted(By.MEMORY, kept.contact);
    }
    Optional<Future<Optional<OutsideContact>>> answer = ask(number);
    if (answer.isEmpty()) {
      return counted(By.PAUSED, Optional.empty());
    }
    try {
      return counted(By.ASKED, answer.get().await(Math.max(1, nanos), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return counted(By.LATE, Optional.empty());
    } catch (Exception e) { // a future throws checked exceptions that it does not declare
      return counted(By.FAILED, Optional.empty());
    }
  }

  /// Who has the number, for somebody who can wait.
  ///
  /// @throws OutboundFault if the CRM does not answer, or not so that it can be used
  public Optional<OutsideContact> look(PhoneNumber shown) {
    PhoneNumber number = shown.line();
    Known kept = known.getIfPresent(number);
    if (kept != null && nanoTime.getAsLong() - kept.since <= config.cacheTtl().toNanos()) {
      return kept.contact;
    }
    Future<Optional<OutsideContact>> answer =
        ask(number).orElseThrow(() -> new Unavailable("the CRM is not asked: " + trouble.reason()));
    try {
      return answer.await(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (Exception e) { // a future throws checked exceptions that it does not declare
      throw new Unavailable("the CRM does not answer: " + reason(e));
    }
  }

  /// The CRM does not say who has a number.
  public static final class Unavailable extends RuntimeException {
    Unavailable(String message) {
      super(message, null, false, false);
    }
  }

  private Optional<OutsideContact> counted(By by, Optional<OutsideContact> found) {
    metrics.counter("tamas.crm.outside", "by", by.name().toLowerCase(Locale.ROOT)).increment();
    return found;
  }

  /// Asks unless that is in progress already. Empty while the CRM is in trouble, or too much is.
  private Optional<Future<Optional<OutsideContact>>> ask(PhoneNumber number) {
    Future<Optional<OutsideContact>> open = asked.get(number);
    if (open != null) {
      return Optional.of(open);
    }
    if (trouble.isPaused() || asked.size() >= MAX_ASKED) {
      return Optional.empty();
    }
    Future<Optional<OutsideContact>> answer = asked.computeIfAbsent(number, this::request);
    answer.onComplete(_ -> asked.remove(number, answer));
    return Optional.of(answer);
  }

  private Future<Optional<OutsideContact>> request(PhoneNumber number) {
    Filled filled = new Filled(template, config, number);
    return send(filled)
        .map(reply -> read(reply, number))
        .onSuccess(contact -> {
          known.put(number, new Known(contact, nanoTime.getAsLong()));
          trouble.succeeded();
        })
        .onFailure(thrown -> trouble.failed(reason(thrown)));
  }

  private Future<Reply> send(Filled filled) {
    Target target;
    try {
      target = Target.parse(filled.address());
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new UnusableAnswer("its address " + e.getMessage()));
    }
    return filled
        .body()
        .map(body -> client.post(target, filled.headers(), Buffer.buffer(body), MAX_ANSWER))
        .orElseGet(() -> client.get(target, filled.headers(), MAX_ANSWER));
  }

  private Optional<OutsideContact> read(Reply reply, PhoneNumber number) {
    reply.retryAfter().ifPresent(after -> trouble.pausedFor(reply.status(), after));
    if (!reply.isWhole()) {
      throw new UnusableAnswer("its answer is longer than " + MAX_ANSWER + " bytes");
    }
    return reading.read(reply.status(), reply.body().toString(), number);
  }

  /// Without what an exception of a library may say about the address, which can have the key.
  private static String reason(Throwable thrown) {
    return thrown instanceof OutboundFault || thrown instanceof UnusableAnswer
        ? String.valueOf(thrown.getMessage())
        : thrown.getClass().getSimpleName();
  }
}
