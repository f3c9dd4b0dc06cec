package io.tamas.call.recording;

import io.tamas.call.live.LiveChannels;
import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.number.ExtensionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The conversation of a call that may be recorded, as the call is now. Pure.
///
/// It is recorded on the channel of the external party, which stays while extensions transfer the
/// call; in an internal call, on the channel that called first. A party that waits, on hold or
/// while a colleague is consulted, is not part of it.
///
/// @param anchor the channel on which it is recorded
/// @param bridge of the anchor
/// @param members all channels in the bridge: if bridge or members change, Asterisk may lose a
///   voice
/// @param extensions that are connected in it
/// @param consultation whether two are connected while a party waits that was in the call before
///   one of them
record RecordedConversation(
    Channel anchor,
    String bridge,
    Set<String> members,
    Set<ExtensionNumber> extensions,
    boolean consultation) {

  static Optional<RecordedConversation> of(String call, LiveChannels channels) {
    // in the order in which they entered the call
    List<Channel> people = channels.of(call).stream().filter(Channel::isPerson).toList();
    List<Channel> connected =
        people.stream().filter(one -> !channels.partners(one).isEmpty()).toList();
    return Stream.concat(connected.stream().filter(Channel::isExternal), connected.stream())
        .findFirst()
        .map(anchor -> of(anchor, people, channels));
  }

  private static RecordedConversation of(
      Channel anchor, List<Channel> people, LiveChannels channels) {
    List<Channel> connected = new ArrayList<>(channels.partners(anchor));
    connected.add(anchor);
    Set<String> members =
        Stream.concat(Stream.of(anchor), channels.othersInBridge(anchor).stream())
            .map(Channel::uniqueId)
            .sorted(Comparator.naturalOrder())
            .collect(Collectors.toUnmodifiableSet());
    Set<ExtensionNumber> extensions =
        connected.stream()
            .flatMap(one -> one.extension().stream())
            .collect(Collectors.toUnmodifiableSet());
    return new RecordedConversation(
        anchor, anchor.bridge(), members, extensions, isConsultation(connected, people));
  }

  /// The slot is announced to the parking party in a separate bridge: only a channel that hears
  /// music is waiting.
  private static boolean isConsultation(List<Channel> connected, List<Channel> people) {
    int youngest = connected.stream().mapToInt(people::indexOf).max().orElse(0);
    return people.subList(0, Math.max(0, youngest)).stream().anyMatch(Channel::music);
  }

  /// Whether an external party takes part.
  boolean hasExternalParty() {
    return anchor.isExternal();
  }

  /// Whether a segment that records this conversation also records the other one.
  boolean sharesSegmentWith(RecordedConversation other) {
    return anchor.uniqueId().equals(other.anchor.uniqueId())
        && bridge.equals(other.bridge)
        && members.equals(other.members);
  }
}
