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

/// The conversation of a call that a recording may be about, as the call is now. Pure.
///
/// It is recorded on the channel of the party outside, which stays while those inside hand it on;
/// inside, on the one that called first. Who waits, on hold or because a colleague is asked, is not
/// part of it.
///
/// @param anchor where it is recorded
/// @param bridge with all who are in it: when anything of it changes, Asterisk may lose a voice
/// @param extensions those of the company who talk
/// @param aside whether it is a consultation: two talk while somebody waits who was in the call
///   before one of them
record RecordedTalk(
    Channel anchor,
    String bridge,
    Set<String> members,
    Set<ExtensionNumber> extensions,
    boolean aside) {

  static Optional<RecordedTalk> of(String call, LiveChannels channels) {
    // who came first is first
    List<Channel> people = channels.of(call).stream().filter(Channel::isPerson).toList();
    List<Channel> talking =
        people.stream().filter(one -> !channels.partners(one).isEmpty()).toList();
    return Stream.concat(talking.stream().filter(Channel::isExternal), talking.stream())
        .findFirst()
        .map(anchor -> of(anchor, people, channels));
  }

  private static RecordedTalk of(Channel anchor, List<Channel> people, LiveChannels channels) {
    List<Channel> talking = new ArrayList<>(channels.partners(anchor));
    talking.add(anchor);
    Set<String> members =
        Stream.concat(Stream.of(anchor), channels.othersInBridge(anchor).stream())
            .map(Channel::uniqueId)
            .sorted(Comparator.naturalOrder())
            .collect(Collectors.toUnmodifiableSet());
    Set<ExtensionNumber> extensions =
        talking.stream()
            .flatMap(one -> one.extension().stream())
            .collect(Collectors.toUnmodifiableSet());
    return new RecordedTalk(anchor, anchor.bridge(), members, extensions, isAside(talking, people));
  }

  /// Who parks hears the place in a bridge of their own: only who hears music waits.
  private static boolean isAside(List<Channel> talking, List<Channel> people) {
    int youngest = talking.stream().mapToInt(people::indexOf).max().orElse(0);
    return people.subList(0, Math.max(0, youngest)).stream().anyMatch(Channel::music);
  }

  /// Whether somebody outside takes part.
  boolean isWithOutside() {
    return anchor.isExternal();
  }

  /// Whether what is recorded of the one goes on with the other.
  boolean goesOnWith(RecordedTalk other) {
    return anchor.uniqueId().equals(other.anchor.uniqueId())
        && bridge.equals(other.bridge)
        && members.equals(other.members);
  }
}
