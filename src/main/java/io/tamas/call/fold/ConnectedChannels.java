package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.Extra.Bridge;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.record.ChannelName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The channels that exist, of one call or of all, and which of them are connected.
///
/// Asterisk connects channels by bridges, and bridges by pairs of `Local` channels: `…;1` is in
/// one, `…;2` in the other. Channels are identified by their unique ids.
public final class ConnectedChannels {
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  private static final class Channel {
    final String name;
    final boolean person;
    final boolean local;

    /// See [ChannelName#pair].
    final String pair;

    String bridge = "";
    boolean music;

    /// In a bridge of parked calls.
    boolean parked;

    Channel(String name) {
      this.name = name;
      ChannelName parsed = new ChannelName(name);
      person = parsed.isPerson();
      local = parsed.isLocal();
      pair = parsed.pair();
    }

    void disconnect() {
      bridge = "";
      music = false;
      parked = false;
    }
  }

  public void onChannelStart(JournalEvent row) {
    channels.putIfAbsent(row.uniqueId(), new Channel(row.channel()));
  }

  public void onBridgeEnter(JournalEvent row) {
    Bridge bridge = Extra.bridge(row.extra());
    Channel channel = channels.computeIfAbsent(row.uniqueId(), _ -> new Channel(row.channel()));
    channel.bridge = bridge.holding() ? "" : bridge.id();
    channel.music = false;
    channel.parked = bridge.holding();
  }

  public void onBridgeExit(JournalEvent row) {
    Channel channel = channels.get(row.uniqueId());
    if (channel != null && channel.bridge.equals(Extra.bridge(row.extra()).id())) {
      channel.disconnect();
    } else if (channel != null) {
      channel.parked = false;
    }
  }

  /// Music on hold or a prompt is played to the channel.
  public void onStreamBegin(JournalEvent row) {
    setMusic(row.uniqueId(), Extra.isMusic(row.extra()));
  }

  public void onStreamEnd(JournalEvent row) {
    setMusic(row.uniqueId(), false);
  }

  private void setMusic(String uniqueId, boolean music) {
    Channel channel = channels.get(uniqueId);
    if (channel != null) {
      channel.music = music;
    }
  }

  /// The channel still exists, but is not connected to any other.
  public void onHangup(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    if (channel != null) {
      channel.disconnect();
    }
  }

  public void onChannelEnd(String uniqueId) {
    channels.remove(uniqueId);
  }

  public void clear() {
    channels.clear();
  }

  Set<String> uniqueIds() {
    return channels.keySet();
  }

  Optional<String> byName(String name) {
    return channels.entrySet().stream()
        .filter(entry -> entry.getValue().name.equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  String name(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    return channel == null ? "" : channel.name;
  }

  /// The bridge in which the channel is, or empty.
  public String bridge(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    return channel == null ? "" : channel.bridge;
  }

  /// Whether music on hold is played to the channel.
  public boolean hasMusic(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    return channel != null && channel.music;
  }

  /// The parties that wait: music is played to them, or they are parked.
  Set<String> waiting() {
    Set<String> found = new LinkedHashSet<>();
    channels.forEach((id, channel) -> {
      if (channel.person && (channel.music || channel.parked)) {
        found.add(id);
      }
    });
    return found;
  }

  boolean isParked(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    return channel != null && channel.parked;
  }

  /// The channels in a bridge.
  public Set<String> in(String bridge) {
    Set<String> found = new LinkedHashSet<>();
    channels.forEach((id, channel) -> {
      if (!bridge.isEmpty() && channel.bridge.equals(bridge)) {
        found.add(id);
      }
    });
    return found;
  }

  /// The parties that are connected to another party.
  Set<String> connected() {
    Set<String> found = new LinkedHashSet<>();
    channels.forEach((id, channel) -> {
      if (channel.person && !partners(channel).isEmpty()) {
        found.add(id);
      }
    });
    return found;
  }

  /// The parties to which this channel is connected now. A channel to which music is played is
  /// held: the other phone put it on hold, or is dialling a transfer target.
  public Set<String> partners(String uniqueId) {
    Channel one = channels.get(uniqueId);
    return one == null ? Set.of() : partners(one);
  }

  private Set<String> partners(Channel one) {
    if (one.bridge.isEmpty() || one.music) {
      return Set.of();
    }
    Set<String> bridges = new LinkedHashSet<>();
    collect(one.bridge, bridges);
    Set<String> found = new LinkedHashSet<>();
    channels.forEach((id, other) -> {
      if (other != one && other.person && !other.music && bridges.contains(other.bridge)) {
        found.add(id);
      }
    });
    return found;
  }

  private void collect(String bridge, Set<String> found) {
    if (bridge.isEmpty() || !found.add(bridge)) {
      return;
    }
    for (Channel channel : channels.values()) {
      if (channel.local && channel.bridge.equals(bridge)) {
        collect(otherSide(channel), found);
      }
    }
  }

  /// The bridge in which the other half of a `Local` pair is, or empty.
  private String otherSide(Channel half) {
    for (Channel channel : channels.values()) {
      if (channel != half && channel.pair.equals(half.pair)) {
        return channel.bridge;
      }
    }
    return "";
  }
}
