package io.tamas.crm;

import io.tamas.web.Request;
import java.util.List;

/// The notes about a profile in its timeline, by whoever they are.
public final class NoteTimeline implements TimelineSource {
  private final ContactNotes notes;

  public NoteTimeline(ContactNotes notes) {
    this.notes = notes;
  }

  @Override
  public TimelineItem.Kind kind() {
    return TimelineItem.Kind.NOTE;
  }

  @Override
  public List<TimelineItem> before(
      TimelineSubject subject, Request request, TimelinePosition position, int limit) {
    return subject.profiles().stream()
        .limit(1) // those of merged ones are its own
        .flatMap(profile ->
            notes.written(profile, position.at(), position.id().map(Long::valueOf), limit).stream())
        .map(note -> new TimelineItem(note.createdAt(), kind(), Long.toString(note.id()), note))
        .toList();
  }
}
