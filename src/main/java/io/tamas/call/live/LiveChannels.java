package io.tamas.call.live;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.ConnectedChannels;
import io.tamas.call.record.ChannelName;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// The channels that exist and who is connected with whom, as the journal tells: some milliseconds
/// old. May be used from any thread.
public final class LiveChannels {
  /// After these a channel is on hold no more.
  private static final Set<RowType> RELEASING =
      Set.of(Cel.BRIDGE_ENTER, Cel.BRIDGE_EXIT, Cel.HANGUP);

  private final Monitor monitor = new Monitor();
  private final Map<String, Known> known = new LinkedHashMap<>();
  private final ConnectedChannels connected = new ConnectedChannels();

  /// What is told of a channel besides with whom it is connected.
  private record Known(String name, String call, boolean held) {
    Known seen(JournalEvent row) {
      boolean stillHeld = row.type() == Note.HOLD || (held && !RELEASING.contains(row.type()));
      return new Known(row.channel(), row.linkedId(), stillHeld);
    }
  }

  /// @param name as Asterisk's actions know it; it may change
  /// @param call the linked id
  /// @param bridge in which it talks; empty when it is in none, or only hears music there
  /// @param music whether it hears music: put on hold by the other's phone
  /// @param held whether it was put on hold through Tamas, or put another one there
  public record Channel(
      String uniqueId, String name, String call, String bridge, boolean music, boolean held) {
    /// Of the company phone that it belongs to.
    public Optional<ExtensionNumber> extension() {
      return new ChannelName(name).extension();
    }

    /// Whether it leads to somebody outside.
    public boolean isOutside() {
      return new ChannelName(name).isOutside();
    }

    public boolean isPerson() {
      return new ChannelName(name).isPerson();
    }
  }

  /// Those of a call, the oldest first.
  public List<Channel> of(String call) {
    return monitor.read(() ->
        known.entrySet().stream()
            .filter(one -> one.getValue().call().equals(call))
            .map(one -> channel(one.getKey()))
            .toList());
  }

  /// The others in the bridge of a channel.
  public List<Channel> besides(Channel one) {
    return monitor.read(() -> others(one, connected.in(one.bridge())));
  }

  /// The people with whom a channel is connected. Who hears music waits.
  public List<Channel> partners(Channel one) {
    return monitor.read(() -> others(one, connected.partners(one.uniqueId())));
  }

  private List<Channel> others(Channel one, Set<String> ids) {
    return ids.stream().filter(id -> !id.equals(one.uniqueId())).map(this::channel).toList();
  }

  private Channel channel(String id) {
    Known one = Objects.requireNonNull(known.get(id));
    return new Channel(
        id, one.name(), one.call(), connected.bridge(id), connected.hearsMusic(id), one.held());
  }

  /// Begins anew with what these rows say.
  public void restore(Collection<JournalEvent> rows) {
    monitor.change(() -> {
      known.clear();
      connected.clear();
      rows.forEach(this::take);
    });
  }

  public void apply(Collection<JournalEvent> rows) {
    monitor.change(() -> rows.forEach(this::take));
  }

  /// Waits until the journal has told something, but no longer than this.
  public void await(BooleanSupplier told, Duration patience) {
    try {
      monitor.await(told, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(JournalEvent row) {
    if (row.type() == Cel.CHAN_START) {
      known.put(row.uniqueId(), new Known(row.channel(), row.linkedId(), false));
      connected.appears(row);
    } else if (row.type() == Note.LOST) {
      List<String> lost = of(row.linkedId()).stream().map(Channel::uniqueId).toList();
      lost.forEach(this::ends);
    } else if (known.containsKey(row.uniqueId())) {
      change(row.uniqueId(), row);
    }
  }

  private void change(String id, JournalEvent row) {
    if (row.type() instanceof Cel event) {
      change(id, event, row);
    }
    known.computeIfPresent(id, (_, one) -> one.seen(row));
  }

  private void change(String id, Cel event, JournalEvent row) {
    switch (event) {
      case BRIDGE_ENTER -> connected.enters(row);
      case BRIDGE_EXIT -> connected.leaves(row);
      case HANGUP -> connected.hangsUp(id);
      case STREAM_BEGIN -> connected.hears(row);
      case STREAM_END -> connected.hearsNothing(row);
      case CHAN_END -> ends(id);
      case CHAN_START,
          ANSWER,
          APP_START,
          APP_END,
          PARK_START,
          PARK_END,
          BLINDTRANSFER,
          ATTENDEDTRANSFER,
          PICKUP,
          FORWARD,
          LINKEDID_END,
          LOCAL_OPTIMIZE,
          LOCAL_OPTIMIZE_BEGIN,
          DTMF -> {} // says nothing of who is connected
    }
  }

  private void ends(String id) {
    known.remove(id);
    connected.ends(id);
  }
}
