package io.tamas.call;

import io.tamas.call.LiveChannels.Channel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The conversation of a call that a recording is about, as the call is now. Pure.
///
/// It is recorded on the channel of the party outside, which stays while those inside hand it on;
/// inside, on the one that called first. While somebody is left alone, who asks another one first,
/// there is none: what those two say is theirs.
///
/// @param anchor where it is recorded
/// @param bridge with all who are in it: when anything of it changes, Asterisk may lose a voice
record RecordedTalk(Channel anchor, String bridge, Set<String> members) {

  static Optional<RecordedTalk> of(String call, LiveChannels channels) {
    List<Channel> people = channels.of(call).stream().filter(Channel::isPerson).toList();
    boolean waits =
        people.stream()
            .anyMatch(one -> !one.bridge().isEmpty() && channels.partners(one).isEmpty());
    if (waits) {
      return Optional.empty();
    }
    boolean outside = people.stream().anyMatch(Channel::isOutside);
    return people.stream()
        .filter(one -> one.isOutside() == outside)
        // who was there first; of those outside it is the one that stays, also while it waits
        .limit(outside ? 1 : people.size())
        .filter(one -> !channels.partners(one).isEmpty())
        .findFirst()
        .map(anchor -> of(anchor, channels));
  }

  private static RecordedTalk of(Channel anchor, LiveChannels channels) {
    Set<String> members =
        Stream.concat(Stream.of(anchor), channels.besides(anchor).stream())
            .map(Channel::uniqueId)
            .sorted(Comparator.naturalOrder())
            .collect(Collectors.toUnmodifiableSet());
    return new RecordedTalk(anchor, anchor.bridge(), members);
  }

  /// Whether what is recorded of the one goes on with the other.
  boolean goesOnWith(RecordedTalk other) {
    return anchor.uniqueId().equals(other.anchor.uniqueId())
        && bridge.equals(other.bridge)
        && members.equals(other.members);
  }
}
