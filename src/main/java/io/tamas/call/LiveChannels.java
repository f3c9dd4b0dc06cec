package io.tamas.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The channels that exist and who is connected with whom, as the journal tells: some milliseconds
/// old. May be used from any thread.
///
/// Asterisk connects channels by bridges, and bridges by pairs of `Local` channels.
public final class LiveChannels {
  private static final Pattern PHONE = Pattern.compile("PJSIP/([0-9]{1,8})-[0-9a-f]+");
  private static final Pattern PAIR = Pattern.compile("(Local/.*);[12]");
  private static final String OUTSIDE = "PJSIP/trunk-";

  private final Monitor monitor = new Monitor();
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  /// @param name as Asterisk's actions know it; it may change
  /// @param call the linked id
  /// @param bridge in which it talks; empty when it is in none, or only hears music there
  /// @param music whether it hears music: put on hold by the other's phone
  /// @param held whether it was put on hold through Tamas, or put another one there
  record Channel(
      String uniqueId, String name, String call, String bridge, boolean music, boolean held) {
    /// Of the company phone that it belongs to.
    Optional<ExtensionNumber> extension() {
      Matcher phone = PHONE.matcher(name);
      return phone.matches() ? Optional.of(new ExtensionNumber(phone.group(1))) : Optional.empty();
    }

    /// Whether it leads to somebody outside.
    boolean isOutside() {
      return name.startsWith(OUTSIDE);
    }

    boolean isPerson() {
      return name.startsWith("PJSIP/");
    }

    private Channel in(String otherBridge) {
      return new Channel(uniqueId, name, call, otherBridge, false, false);
    }

    private Channel hears(boolean anyMusic) {
      return new Channel(uniqueId, name, call, bridge, anyMusic, held);
    }

    private Channel holds() {
      return new Channel(uniqueId, name, call, bridge, music, true);
    }

    private Channel seen(JournalEvent row) {
      return new Channel(uniqueId, row.channel(), row.linkedId(), bridge, music, held);
    }
  }

  /// Those of a call, the oldest first.
  List<Channel> of(String call) {
    return monitor.read(
        () -> channels.values().stream().filter(channel -> channel.call().equals(call)).toList());
  }

  /// The others in the bridge of a channel.
  List<Channel> besides(Channel one) {
    return monitor.read(() ->
        channels.values().stream()
            .filter(other -> !one.bridge().isEmpty() && other.bridge().equals(one.bridge()))
            .filter(other -> !other.uniqueId().equals(one.uniqueId()))
            .toList());
  }

  /// The people with whom a channel is connected. Who hears music waits.
  List<Channel> partners(Channel one) {
    return monitor.read(() -> {
      Set<String> bridges = new LinkedHashSet<>();
      if (!one.music()) {
        reach(one.bridge(), bridges);
      }
      return channels.values().stream()
          .filter(other -> other.isPerson() && !other.music())
          .filter(other -> bridges.contains(other.bridge()))
          .filter(other -> !other.uniqueId().equals(one.uniqueId()))
          .toList();
    });
  }

  private void reach(String bridge, Set<String> reached) {
    if (bridge.isEmpty() || !reached.add(bridge)) {
      return;
    }
    List<Channel> halves =
        channels.values().stream().filter(half -> half.bridge().equals(bridge)).toList();
    for (Channel half : halves) {
      pair(half)
          .ifPresent(pair ->
              channels.values().stream()
                  .filter(other -> other != half && pair(other).equals(Optional.of(pair)))
                  .forEach(other -> reach(other.bridge(), reached)));
    }
  }

  private static Optional<String> pair(Channel half) {
    Matcher pair = PAIR.matcher(half.name());
    return pair.matches() ? Optional.of(pair.group(1)) : Optional.empty();
  }

  /// Begins anew with what these rows say.
  void restore(Collection<JournalEvent> rows) {
    monitor.change(() -> {
      channels.clear();
      rows.forEach(this::take);
    });
  }

  void apply(Collection<JournalEvent> rows) {
    monitor.change(() -> rows.forEach(this::take));
  }

  /// Waits until the journal has told something, but no longer than this.
  void await(BooleanSupplier told, Duration patience) {
    try {
      monitor.await(told, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(JournalEvent row) {
    String id = row.uniqueId();
    channels.computeIfPresent(id, (_, channel) -> channel.seen(row));
    switch (row.type()) {
      case "CHAN_START" ->
          channels.put(id, new Channel(id, row.channel(), row.linkedId(), "", false, false));
      case "BRIDGE_ENTER" -> channels.computeIfPresent(id, (_, channel) -> channel.in(talk(row)));
      case "BRIDGE_EXIT" ->
          channels.computeIfPresent(
              id, (_, channel) -> talk(row).equals(channel.bridge()) ? channel.in("") : channel);
      case "STREAM_BEGIN" ->
          channels.computeIfPresent(
              id, (_, channel) -> channel.hears(CallFoldExtra.isMusic(row.extra())));
      case "STREAM_END" -> channels.computeIfPresent(id, (_, channel) -> channel.hears(false));
      case "HANGUP" -> channels.computeIfPresent(id, (_, channel) -> channel.in(""));
      case "CHAN_END" -> channels.remove(id);
      case "TAMAS_HOLD" -> channels.computeIfPresent(id, (_, channel) -> channel.holds());
      case "TAMAS_LOST" ->
          channels.values().removeIf(channel -> channel.call().equals(row.linkedId()));
      default -> {} // says nothing of who is connected
    }
  }

  /// The bridge, unless who is in it only waits there.
  private static String talk(JournalEvent row) {
    try {
      JsonNode extra = Json.mapper().readTree(row.extra());
      boolean holding = extra.path("bridge_technology").asText().equals("holding_bridge");
      return holding ? "" : extra.path("bridge_id").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
