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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// The channels that exist and which of them are connected, by the journal: some milliseconds old.
/// May be used from any thread.
public final class LiveChannels {
  /// After these a channel is not on hold any longer.
  private static final Set<RowType> RELEASING =
      Set.of(Cel.BRIDGE_ENTER, Cel.BRIDGE_EXIT, Cel.HANGUP);

  private final Monitor monitor = new Monitor();
  private final Map<String, Known> known = new LinkedHashMap<>();
  private final ConnectedChannels connected = new ConnectedChannels();

  /// What is known of a channel besides its connections.
  private record Known(
      String name, Optional<ExtensionNumber> extension, String call, boolean held) {
    static Known first(JournalEvent row) {
      return new Known(row.channel(), extension(row.channel()), row.linkedId(), false);
    }

    Known after(JournalEvent row) {
      boolean stillHeld = row.type() == Note.HOLD || (held && !RELEASING.contains(row.type()));
      boolean renamed = !row.channel().equals(name);
      return new Known(
          row.channel(), renamed ? extension(row.channel()) : extension, row.linkedId(), stillHeld);
    }

    private static Optional<ExtensionNumber> extension(String name) {
      return new ChannelName(name).extension();
    }
  }

  /// @param name by which Asterisk's actions address it; it may change
  /// @param call the linked id
  /// @param bridge in which it is connected; empty if it is in none, or in a holding bridge
  /// @param music whether music on hold is played to it: the other party's phone put it on hold
  /// @param held whether it was put on hold through Tamas, or holds another one through Tamas
  public record Channel(
      String uniqueId, String name, String call, String bridge, boolean music, boolean held) {
    /// The extension of the company phone to which it belongs.
    public Optional<ExtensionNumber> extension() {
      return new ChannelName(name).extension();
    }

    /// Whether it is the channel of an external party.
    public boolean isExternal() {
      return new ChannelName(name).isExternal();
    }

    public boolean isPerson() {
      return new ChannelName(name).isPerson();
    }
  }

  /// The channels of a call, the oldest first.
  public List<Channel> of(String call) {
    return monitor.read(() ->
        known.entrySet().stream()
            .filter(one -> one.getValue().call().equals(call))
            .map(one -> channel(one.getKey()))
            .toList());
  }

  /// In how many calls each of these extensions takes part, connected or ringing, on any of its
  /// devices.
  public Map<ExtensionNumber, Integer> calls(Collection<ExtensionNumber> extensions) {
    return monitor.read(() -> {
      Map<ExtensionNumber, Set<String>> calls = new HashMap<>();
      extensions.forEach(extension -> calls.put(extension, new HashSet<>()));
      for (Known one : known.values()) {
        one.extension().map(calls::get).ifPresent(found -> found.add(one.call()));
      }
      return calls.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().size()));
    });
  }

  /// The extensions that take part in a call.
  public Set<ExtensionNumber> extensions() {
    return monitor.read(() ->
        known.values().stream()
            .flatMap(one -> one.extension().stream())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// The other channels in the bridge of a channel.
  public List<Channel> othersInBridge(Channel one) {
    return monitor.read(() -> others(one, connected.in(one.bridge())));
  }

  /// The parties to which a channel is connected. One to which music is played is held.
  public List<Channel> partners(Channel one) {
    return monitor.read(() -> others(one, connected.partners(one.uniqueId())));
  }

  private List<Channel> others(Channel one, Set<String> ids) {
    return ids.stream().filter(id -> !id.equals(one.uniqueId())).map(this::channel).toList();
  }

  private Channel channel(String id) {
    Known one = Objects.requireNonNull(known.get(id));
    return new Channel(
        id, one.name(), one.call(), connected.bridge(id), connected.hasMusic(id), one.held());
  }

  /// Replaces everything by what these rows contain.
  public void restore(Collection<JournalEvent> rows) {
    monitor.change(() -> {
      known.clear();
      connected.clear();
      rows.forEach(this::applyOne);
    });
  }

  public void apply(Collection<JournalEvent> rows) {
    monitor.change(() -> rows.forEach(this::applyOne));
  }

  /// Waits until the journal makes a condition true, but no longer than the timeout.
  public void await(BooleanSupplier condition, Duration timeout) {
    try {
      monitor.await(condition, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void applyOne(JournalEvent row) {
    if (row.type() == Cel.CHAN_START) {
      known.put(row.uniqueId(), Known.first(row));
      connected.onChannelStart(row);
    } else if (row.type() == Note.LOST) {
      List<String> lost = of(row.linkedId()).stream().map(Channel::uniqueId).toList();
      lost.forEach(this::onChannelEnd);
    } else if (known.containsKey(row.uniqueId())) {
      change(row.uniqueId(), row);
    }
  }

  private void change(String id, JournalEvent row) {
    if (row.type() instanceof Cel event) {
      change(id, event, row);
    }
    known.computeIfPresent(id, (_, one) -> one.after(row));
  }

  private void change(String id, Cel event, JournalEvent row) {
    switch (event) {
      case BRIDGE_ENTER -> connected.onBridgeEnter(row);
      case BRIDGE_EXIT -> connected.onBridgeExit(row);
      case HANGUP -> connected.onHangup(id);
      case STREAM_BEGIN -> connected.onStreamBegin(row);
      case STREAM_END -> connected.onStreamEnd(row);
      case CHAN_END -> onChannelEnd(id);
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
          DTMF -> {} // do not change who is connected
    }
  }

  private void onChannelEnd(String id) {
    known.remove(id);
    connected.onChannelEnd(id);
  }
}
