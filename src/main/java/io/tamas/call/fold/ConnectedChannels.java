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

/// The channels that exist, and who is connected with whom: those of one call, or of all.
///
/// Asterisk connects channels by bridges, and bridges by pairs of `Local` channels: `…;1` is in
/// one, `…;2` in the other. Channels are known by their unique ids.
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

    Channel(String name) {
      this.name = name;
      ChannelName parsed = new ChannelName(name);
      person = parsed.isPerson();
      local = parsed.isLocal();
      pair = parsed.pair();
    }

    void isAlone() {
      bridge = "";
      music = false;
    }
  }

  public void appears(JournalEvent row) {
    channels.putIfAbsent(row.uniqueId(), new Channel(row.channel()));
  }

  public void enters(JournalEvent row) {
    Bridge bridge = Extra.bridge(row.extra());
    Channel channel = channels.computeIfAbsent(row.uniqueId(), _ -> new Channel(row.channel()));
    channel.bridge = bridge.holding() ? "" : bridge.id();
    channel.music = false;
  }

  public void leaves(JournalEvent row) {
    Channel channel = channels.get(row.uniqueId());
    if (channel != null && channel.bridge.equals(Extra.bridge(row.extra()).id())) {
      channel.isAlone();
    }
  }

  /// It hears music, or a recorded voice.
  public void hears(JournalEvent row) {
    hearsMusic(row.uniqueId(), Extra.isMusic(row.extra()));
  }

  public void hearsNothing(JournalEvent row) {
    hearsMusic(row.uniqueId(), false);
  }

  private void hearsMusic(String uniqueId, boolean music) {
    Channel channel = channels.get(uniqueId);
    if (channel != null) {
      channel.music = music;
    }
  }

  /// It still exists, but is connected with nobody any more.
  public void hangsUp(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    if (channel != null) {
      channel.isAlone();
    }
  }

  public void ends(String uniqueId) {
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

  /// The bridge in which it is, or empty.
  public String bridge(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    return channel == null ? "" : channel.bridge;
  }

  public boolean hearsMusic(String uniqueId) {
    Channel channel = channels.get(uniqueId);
    return channel != null && channel.music;
  }

  /// Who is in a bridge.
  public Set<String> in(String bridge) {
    Set<String> found = new LinkedHashSet<>();
    channels.forEach((id, channel) -> {
      if (!bridge.isEmpty() && channel.bridge.equals(bridge)) {
        found.add(id);
      }
    });
    return found;
  }

  /// The people who talk with somebody.
  Set<String> talking() {
    Set<String> found = new LinkedHashSet<>();
    channels.forEach((id, channel) -> {
      if (channel.person && !partners(channel).isEmpty()) {
        found.add(id);
      }
    });
    return found;
  }

  /// The people with whom this one can talk now. Who hears music waits: on hold by the other's
  /// phone, or because the other is choosing whom to hand the call on to.
  public Set<String> partners(String uniqueId) {
    Channel one = channels.get(uniqueId);
    return one == null ? Set.of() : partners(one);
  }

  private Set<String> partners(Channel one) {
    if (one.bridge.isEmpty() || one.music) {
      return Set.of();
    }
    Set<String> bridges = new LinkedHashSet<>();
    reach(one.bridge, bridges);
    Set<String> found = new LinkedHashSet<>();
    channels.forEach((id, other) -> {
      if (other != one && other.person && !other.music && bridges.contains(other.bridge)) {
        found.add(id);
      }
    });
    return found;
  }

  private void reach(String bridge, Set<String> reached) {
    if (bridge.isEmpty() || !reached.add(bridge)) {
      return;
    }
    for (Channel channel : channels.values()) {
      if (channel.local && channel.bridge.equals(bridge)) {
        reach(otherSide(channel), reached);
      }
    }
  }

  /// The bridge in which the other half of a pair is, or empty.
  private String otherSide(Channel half) {
    for (Channel channel : channels.values()) {
      if (channel != half && channel.pair.equals(half.pair)) {
        return channel.bridge;
      }
    }
    return "";
  }
}
