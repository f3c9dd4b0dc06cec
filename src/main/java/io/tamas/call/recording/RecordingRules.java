package io.tamas.call.recording;

import io.tamas.company.Directory;
import io.tamas.company.Extension.Recorded;
import io.tamas.routing.Routed.Direction;
import java.util.function.Supplier;

/// Whether somebody who talks has their calls recorded. Pure.
public final class RecordingRules {
  private final Supplier<Directory> company;

  /// @param company the newest snapshot
  public RecordingRules(Supplier<Directory> company) {
    this.company = company;
  }

  /// A consultation counts as the call that it would be without who waits.
  ///
  /// @param direction of the call
  boolean want(RecordedTalk talk, Direction direction) {
    Recorded kind = talk.aside() ? aside(talk) : kind(direction);
    Directory now = company.get();
    return talk.extensions().stream()
        .flatMap(number -> now.extension(number).stream())
        .anyMatch(extension -> extension.record().contains(kind));
  }

  private static Recorded aside(RecordedTalk talk) {
    return talk.isWithOutside() ? Recorded.OUTBOUND : Recorded.INTERNAL;
  }

  private static Recorded kind(Direction direction) {
    return switch (direction) {
      case INBOUND -> Recorded.INBOUND;
      case OUTBOUND -> Recorded.OUTBOUND;
      case INTERNAL -> Recorded.INTERNAL;
    };
  }
}
