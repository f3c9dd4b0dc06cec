package io.tamas.call.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.AttendedTransfer;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.call.record.ChannelName;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the calls of a phone that connected itself into a call of others: by a REFER whose Replaces
/// names a dialog of another phone.
///
/// Asterisk does not check to whom the named dialog belongs (`refer_attended_task` in
/// `res_pjsip_refer.c`), and offers no way to refuse such a request alone. So the transfer takes
/// place, and its calls are hung up as soon as Asterisk reports it, within milliseconds. The
/// journal reports it too, somewhat later: also what happened while Tamas was away. Without ARI the
/// calls end once it is back.
public final class TransferGuard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TransferGuard.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MAX_PENDING = 1_000;

  /// Transfers that are reported a second time within so many are known.
  private static final int MAX_KNOWN = 100;

  private final Ari ari;
  private final Duration timeout;
  private final Counter ended;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("transfer-guard", this::run);
  private final Deque<AttendedTransfer> pending = new ArrayDeque<>();
  private final LinkedHashSet<AttendedTransfer> known = new LinkedHashSet<>();

  /// @param timeout of the requests for one transfer
  public TransferGuard(Ari ari, Duration timeout, MeterRegistry registry) {
    this.ari = ari;
    this.timeout = timeout;
    this.ended =
        Counter.builder("tamas.calls.takeovers")
            .description("Transfers into a call of another phone: all calls of them were ended")
            .register(registry);
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  @Override
  public void close() {
    monitor.close();
  }

  /// Returns at once. The same transfer may be reported several times.
  public void onTransfer(AttendedTransfer transfer) {
    if (!isOfOneParty(transfer)) {
      monitor.change(() -> add(transfer));
    }
  }

  /// A transfer by the keys of a phone consults over a channel of Asterisk's own.
  private static boolean isOfOneParty(AttendedTransfer transfer) {
    ChannelName first = new ChannelName(transfer.first());
    ChannelName second = new ChannelName(transfer.second());
    return first.party().equals(second.party()) || !first.isPerson() || !second.isPerson();
  }

  private void add(AttendedTransfer transfer) {
    if (pending.size() < MAX_PENDING && known.add(transfer)) {
      pending.add(transfer);
      if (known.size() > MAX_KNOWN) {
        known.removeFirst();
      }
    }
  }

  private void run() throws InterruptedException {
    for (var next = next(); next.isPresent(); next = next()) {
      end(next.get());
    }
  }

  private Optional<AttendedTransfer> next() throws InterruptedException {
    return monitor.take(() -> Optional.ofNullable(pending.pollFirst()));
  }

  /// Hangs up what Asterisk still has of it: a call that was over before is ended by nobody here.
  private void end(AttendedTransfer transfer) throws InterruptedException {
    boolean isEnded = false;
    boolean isFinal = false;
    while (!isFinal) {
      List<Future<AriResponse>> answers = hangUp(transfer.channels());
      isEnded |= answers.stream().anyMatch(one -> one.succeeded() && one.result().ok());
      isFinal = answers.stream().allMatch(TransferGuard::isFinal) || !monitor.rest(RETRY);
    }
    if (isEnded) {
      report(transfer);
    }
  }

  private List<Future<AriResponse>> hangUp(List<String> channels) {
    List<Future<AriResponse>> answers =
        channels.stream()
            .map(channel -> ari.request(AriRequest.delete(AriRequest.channel(channel))))
            .toList();
    try {
      Future.join(answers).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (AriFault | TimeoutException e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("the calls of a transfer are not hung up yet");
    }
    return answers;
  }

  private static boolean isFinal(Future<AriResponse> answer) {
    return answer.succeeded() || (answer.cause() instanceof AriFault fault && !fault.retryable());
  }

  private void report(AttendedTransfer transfer) {
    ended.increment();
    log.atWarn()
        .addKeyValue("by", transfer.first())
        .addKeyValue("of", transfer.second())
        .log("ended the calls of a phone that named the call of another phone in a transfer");
  }
}
