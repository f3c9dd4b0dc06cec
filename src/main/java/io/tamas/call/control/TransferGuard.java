package io.tamas.call.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.AttendedTransfer;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.call.record.ChannelName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the calls of a phone that connected itself into a call of others: by a REFER whose Replaces
/// names a dialog of another phone.
///
/// Asterisk does not check to whom the named dialog belongs (`refer_attended_task` in
/// `res_pjsip_refer.c`), and offers no way to refuse such a request alone. So the transfer takes
/// place, and its calls are hung up as soon as Asterisk reports it, within milliseconds. While
/// Tamas is away nobody does.
public final class TransferGuard {
  private static final Logger log = LoggerFactory.getLogger(TransferGuard.class);

  private final Ari ari;
  private final Counter ended;

  public TransferGuard(Ari ari, MeterRegistry registry) {
    this.ari = ari;
    this.ended =
        Counter.builder("tamas.calls.takeovers")
            .description("Transfers into a call of another phone: all calls of them were ended")
            .register(registry);
  }

  /// Returns at once.
  public void onTransfer(AttendedTransfer transfer) {
    if (isOfOneParty(transfer)) {
      return;
    }
    ended.increment();
    log.atWarn()
        .addKeyValue("by", transfer.first())
        .addKeyValue("of", transfer.second())
        .log("ended the calls of a phone that named the call of another phone in a transfer");
    transfer.channels().forEach(this::hangUp);
  }

  /// A transfer by the keys of a phone consults over a channel of Asterisk's own.
  private static boolean isOfOneParty(AttendedTransfer transfer) {
    ChannelName first = new ChannelName(transfer.first());
    ChannelName second = new ChannelName(transfer.second());
    return first.party().equals(second.party()) || !first.isPerson() || !second.isPerson();
  }

  private void hangUp(String channel) {
    ari.request(AriRequest.delete(AriRequest.channel(channel)))
        .onFailure(e ->
            log.atWarn()
                .addKeyValue("channel", channel)
                .addKeyValue("reason", e.getMessage())
                .log("a channel of it was not hung up"));
  }
}
