package io.tamas.call.recording;

import io.tamas.company.Directory;
import io.tamas.company.Extension.Recorded;
import io.tamas.routing.Routed.Direction;
import java.util.function.Supplier;

/// Whether a conversation is recorded, by the settings of the extensions in it. Pure.
public final class RecordingRules {
  private final Supplier<Directory> company;

  /// @param company the newest snapshot
  public RecordingRules(Supplier<Directory> company) {
    this.company = company;
  }

  /// A consultation counts as a call between its two parties.
  ///
  /// @param direction of the call
  boolean isRecorded(RecordedConversation conversation, Direction direction) {
    Recorded kind = conversation.consultation() ? consultation(conversation) : kind(direction);
    Directory now = company.get();
    return conversation.extensions().stream()
        .flatMap(number -> now.extension(number).stream())
        .anyMatch(extension -> extension.record().contains(kind));
  }

  private static Recorded consultation(RecordedConversation conversation) {
    return conversation.hasExternalParty() ? Recorded.OUTBOUND : Recorded.INTERNAL;
  }

  private static Recorded kind(Direction direction) {
    return switch (direction) {
      case INBOUND -> Recorded.INBOUND;
      case OUTBOUND -> Recorded.OUTBOUND;
      case INTERNAL -> Recorded.INTERNAL;
    };
  }
}
