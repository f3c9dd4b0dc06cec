package io.tamas.call;

import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalSink;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Lets the live channels follow the journal, behind [CallJournal], and tells which calls have
/// changed once that is committed.
public final class ChannelJournal implements JournalSink {
  private static final int PAGE = 200;

  private final JournalSink calls;
  private final Database database;
  private final LiveCalls live;
  private final LiveChannels channels;
  private final CallWatch watch;
  private List<JournalEvent> pending = List.of();

  public ChannelJournal(
      JournalSink calls,
      Database database,
      LiveCalls live,
      LiveChannels channels,
      CallWatch watch) {
    this.calls = calls;
    this.database = database;
    this.live = live;
    this.channels = channels;
    this.watch = watch;
  }

  @Override
  public void begin() {
    calls.begin();
    pending = List.of();
    List<JournalEvent> rows = new ArrayList<>();
    List<String> ids = live.list().stream().map(CallRecord::id).toList();
    for (int from = 0; from < ids.size(); from += PAGE) {
      List<String> page = ids.subList(from, Math.min(ids.size(), from + PAGE));
      database.await(Journal.read(database.pool(), page)).values().forEach(rows::addAll);
    }
    rows.sort(Comparator.comparing(JournalEvent::at));
    channels.restore(rows);
    watch.began(Set.copyOf(ids));
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
    watch.changed(
        pending.stream().map(JournalEvent::linkedId).collect(Collectors.toUnmodifiableSet()));
    pending.stream()
        .filter(row -> row.type().equals(RecordingNotes.TYPE) && !row.channel().isEmpty())
        .filter(row -> CallFoldExtra.text(row.extra()).equals(RecordingNotes.KEY))
        .forEach(row -> watch.pauseKey(row.linkedId(), row.channel()));
    pending = List.of();
  }
}
