package io.tamas.call.fold;

import io.tamas.asterisk.journal.JournalEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// In which slots the parties of a call are, and were, parked. Asterisk's own row of it names no
/// slot: Tamas is told it and adds a note, which may be before that row in the journal, or after
/// it, and is missing while Tamas is away.
final class ParkedSlots {
  /// More than any legitimate call needs. Beyond it the first and the last ones are kept.
  private static final int MAX_PARKINGS = 32;

  private static final Pattern SLOT = Pattern.compile("[0-9]{1,8}");

  private final List<InSlot> parkings = new ArrayList<>();

  /// By unique id.
  private final Map<String, InSlot> now = new HashMap<>();

  /// @param uniqueId of the parked party
  record InSlot(String uniqueId, String slot, Instant at) {}

  /// Applies the note; false if its text is no slot.
  boolean onNote(JournalEvent row, String slot) {
    boolean isSlot = SLOT.matcher(slot).matches();
    if (isSlot) {
      InSlot parked = new InSlot(row.uniqueId(), slot, row.at());
      now.put(row.uniqueId(), parked);
      if (parkings.size() == MAX_PARKINGS) {
        parkings.remove(1);
      }
      parkings.add(parked);
    }
    return isSlot;
  }

  /// The party is parked, or is not parked any longer: what was noted before that is over.
  void onRow(JournalEvent row) {
    now.computeIfPresent(
        row.uniqueId(), (_, noted) -> noted.at().isBefore(row.at()) ? null : noted);
  }

  boolean isEmpty() {
    return now.isEmpty();
  }

  /// The slot of a party that is parked now.
  Optional<String> of(String uniqueId) {
    return Optional.ofNullable(now.get(uniqueId)).map(InSlot::slot);
  }

  List<InSlot> all() {
    return List.copyOf(parkings);
  }
}
