package io.tamas.crm.exchange;

import java.nio.charset.StandardCharsets;

/// The keys of the rows that a dry run has found to be new, in little memory: 8 bytes each. Of two
/// keys with the same hash, which is improbable among millions, the second counts as seen.
final class SeenKeys {
  /// 24 MB of keys. When it is full, what repeats a later row is taken for new.
  private static final int MOST_SLOTS = 1 << 22;

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long[] slots = new long[1 << 10];
  private int size;

  boolean contains(String key) {
    long hash = hash(key);
    return slots[slot(slots, hash)] == hash;
  }

  void add(String key) {
    if (size >= MOST_SLOTS / 4 * 3) {
      return;
    }
    if (size >= slots.length / 4 * 3) {
      long[] larger = new long[slots.length * 2];
      for (long hash : slots) {
        if (hash != 0) {
          larger[slot(larger, hash)] = hash;
        }
      }
      slots = larger;
    }
    long hash = hash(key);
    int slot = slot(slots, hash);
    if (slots[slot] == 0) {
      slots[slot] = hash;
      size++;
    }
  }

  private static int slot(long[] slots, long hash) {
    int slot = (int) (hash & slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  /// Never 0, which marks a free slot.
  private static long hash(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    long hash = bytes.length;
    for (byte b : bytes) {
      hash = (hash ^ b) * GOLDEN;
      hash ^= hash >>> 32;
    }
    return hash == 0 ? 1 : hash;
  }
}
