package io.tamas.call;

import io.tamas.asterisk.ami.AttendedTransfer;
import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalSink;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.live.CallWatch;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.LiveChannels;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ChannelName;
import io.tamas.call.record.RecordingNote;
import io.tamas.db.Transaction;
import io.tamas.number.ExtensionNumber;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Updates the live channels from the journal, after [CallJournal], and reports to [CallWatch]
/// which calls have changed, in how many calls the extensions are, and attended transfers, once
/// that is committed.
///
/// At the start, and after each interruption, the transfers of all calls in progress are reported
/// again: nobody knows what became of them.
public final class ChannelJournal implements JournalSink {
  private final JournalSink calls;
  private final LiveCalls live;
  private final LiveChannels channels;
  private final CallWatch watch;
  private final Consumer<Map<ExtensionNumber, Integer>> busy;
  private final Consumer<AttendedTransfer> transfers;
  private List<JournalEvent> pending = List.of();

  /// @param busy receives in how many calls extensions are; must not wait
  /// @param transfers must not wait
  public ChannelJournal(
      JournalSink calls,
      LiveCalls live,
      LiveChannels channels,
      CallWatch watch,
      Consumer<Map<ExtensionNumber, Integer>> busy,
      Consumer<AttendedTransfer> transfers) {
    this.calls = calls;
    this.live = live;
    this.channels = channels;
    this.watch = watch;
    this.busy = busy;
    this.transfers = transfers;
  }

  @Override
  public void begin() {
    calls.begin();
    pending = List.of();
    List<JournalEvent> rows =
        live.rows().values().stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparing(JournalEvent::at))
            .toList();
    channels.restore(rows);
    watch.restored(
        live.list().stream().map(CallRecord::id).collect(Collectors.toUnmodifiableSet()));
    busy.accept(channels.calls(channels.extensions()));
    transferred(rows);
  }

  @Override
  public void store(Transaction tx, List<JournalEvent> rows) {
    calls.store(tx, rows);
    pending = rows;
  }

  @Override
  public void committed() {
    calls.committed();
    channels.apply(pending);
    busy.accept(channels.calls(extensions(pending)));
    watch.changed(
        pending.stream().map(JournalEvent::linkedId).collect(Collectors.toUnmodifiableSet()));
    pending.stream()
        .filter(row -> row.type() == Note.RECORDING && !row.channel().isEmpty())
        .filter(row -> Extra.text(row.extra()).equals(RecordingNote.KEY))
        .forEach(row -> watch.pauseKey(row.linkedId(), row.channel()));
    transferred(pending);
    pending = List.of();
  }

  private void transferred(List<JournalEvent> rows) {
    rows.stream()
        .filter(row -> row.type() == Cel.ATTENDEDTRANSFER)
        .map(ChannelJournal::transfer)
        .forEach(transfers);
  }

  private static AttendedTransfer transfer(JournalEvent row) {
    Extra.Transfer told = Extra.transfer(row.extra());
    List<String> channels =
        Stream.of(row.uniqueId(), told.second(), told.transferee(), told.target())
            .filter(id -> !id.isEmpty())
            .toList();
    return new AttendedTransfer(row.channel(), told.secondName(), channels);
  }

  private static Set<ExtensionNumber> extensions(List<JournalEvent> rows) {
    return rows.stream()
        .map(JournalEvent::channel)
        .distinct()
        .flatMap(name -> new ChannelName(name).extension().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
