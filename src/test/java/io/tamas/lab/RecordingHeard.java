package io.tamas.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/// A recording and who is heard in it when: each phone has its own tone. Time is counted in tenths
/// of a second.
public final class RecordingHeard {
  /// Less is no conversation.
  private static final int SOME = 3;

  /// At a border two may be heard together that were not.
  private static final int BLUR = 2;

  /// So much may be recorded by two until the one is stopped.
  private static final int A_CHANGE = 5;

  private final Path file;

  RecordingHeard(Path file) {
    this.file = file;
  }

  public RecordingHeard holds(Phone... phones) {
    for (Phone phone : phones) {
      assertTrue(heard(phone).cardinality() >= SOME, () -> phone + " is missing in " + content());
    }
    return this;
  }

  /// These are heard at the same time.
  public RecordingHeard holdsTogether(Phone... phones) {
    return holdsTogetherFrom(0, phones);
  }

  /// The same once more after somebody was heard for the first time.
  public RecordingHeard holdsTogetherAfter(Phone earlier, Phone... phones) {
    holds(earlier);
    return holdsTogetherFrom(heard(earlier).nextSetBit(0), phones);
  }

  private RecordingHeard holdsTogetherFrom(int begin, Phone... phones) {
    BitSet together = together(phones);
    together.clear(0, begin);
    assertTrue(
        together.cardinality() >= SOME,
        () -> List.of(phones) + " together from " + begin + " on in " + content());
    return this;
  }

  public RecordingHeard neverHolds(Phone phone) {
    assertEquals(0, heard(phone).cardinality(), () -> phone + " is heard in " + content());
    return this;
  }

  public RecordingHeard neverHoldsTogether(Phone one, Phone other) {
    int both = together(one, other).cardinality();
    assertTrue(both <= BLUR, () -> one + " with " + other + " in " + content());
    return this;
  }

  /// Whenever the one is heard, so is the other.
  public RecordingHeard neverHoldsWithout(Phone one, Phone other) {
    BitSet alone = heard(one);
    alone.andNot(heard(other));
    assertTrue(
        alone.cardinality() <= 2 * SOME, () -> one + " without " + other + " in " + content());
    return this;
  }

  /// The one is heard no more when the other begins.
  public RecordingHeard holdsInOrder(Phone earlier, Phone later) {
    holds(earlier, later);
    assertTrue(
        heard(earlier).length() - BLUR <= heard(later).nextSetBit(0),
        () -> earlier + " before " + later + " in " + content());
    return this;
  }

  /// This one is heard for so long at least, in tenths of a second.
  public RecordingHeard holdsFor(Phone phone, int tenths) {
    int heard = heard(phone).cardinality();
    assertTrue(heard >= tenths, () -> phone + " for " + heard + " in " + content());
    return this;
  }

  /// It is not longer than its conversation, except for what is recorded around a change.
  public RecordingHeard holdsNothingTwice(Duration talk) {
    assertTrue(tenths() <= talk.toMillis() / 100 + A_CHANGE, () -> content() + " of " + talk);
    return this;
  }

  /// Nothing else is heard, such as music, but for short tones of Asterisk.
  public RecordingHeard holdsOnly(Phone... phones) {
    try {
      BitSet others = Tone.soundIn(file);
      Stream.of(phones).map(this::heard).forEach(others::andNot);
      assertTrue(others.cardinality() <= 2 * SOME, () -> "something else in " + content() + others);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// Between its first and its last moment this phone is not heard for as long.
  public RecordingHeard hasAGapOf(Phone phone, int tenths) {
    BitSet heard = heard(phone);
    int longest = 0;
    for (int at = heard.nextSetBit(0); at >= 0; at = heard.nextSetBit(at + 1)) {
      int next = heard.nextSetBit(at + 1);
      longest = Math.max(longest, next < 0 ? 0 : next - at - 1);
    }
    int found = longest;
    assertTrue(found >= tenths, () -> "a gap of " + found + " in " + content());
    return this;
  }

  /// Nothing is heard twice, except for the moment until Asterisk has switched.
  public RecordingHeard isNoLongerThan(Duration length) {
    assertTrue(tenths() <= length.toMillis() / 100 + 2 * SOME, () -> length + " in " + content());
    return this;
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /// How long anything of the recording is, also while it grows.
  public int tenths() {
    return (int) (file.toFile().length() / 1_600);
  }

  private BitSet together(Phone... phones) {
    BitSet all = heard(phones[0]);
    Stream.of(phones).skip(1).map(this::heard).forEach(all::and);
    return all;
  }

  private BitSet heard(Phone phone) {
    try {
      return phone.tone().heardIn(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String content() {
    return file.getFileName() + " of " + tenths() + " tenths: ";
  }
}
