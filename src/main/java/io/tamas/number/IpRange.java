package io.tamas.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address or a range of them, read without a DNS query.
///
/// @param words 2 words of 16 bits for IPv4, 8 for IPv6; those after the prefix are zero
public record IpRange(List<Integer> words, int prefix) {
  private static final int MAX_LENGTH = 49;
  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");
  private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern WORD = Pattern.compile("[0-9A-Fa-f]{1,4}");

  public static Optional<IpRange> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Optional<List<Integer>> words = address.contains(":") ? six(address) : four(address);
    return words.flatMap(all ->
        slash < 0
            ? Optional.of(new IpRange(all, all.size() * 16))
            : ranged(all, text.substring(slash + 1)));
  }

  /// Whether the other range is in this one.
  public boolean covers(IpRange other) {
    return prefix <= other.prefix
        && words.size() == other.words.size()
        && mask(other.words, prefix).equals(words);
  }

  private static List<Integer> mask(List<Integer> words, int bits) {
    List<Integer> masked = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      int kept = Math.clamp(bits - 16L * i, 0, 16);
      masked.add(words.get(i) & (0xFFFF << (16 - kept)));
    }
    return masked;
  }

  private static Optional<IpRange> ranged(List<Integer> words, String prefix) {
    if (!PREFIX.matcher(prefix).matches() || Integer.parseInt(prefix) > words.size() * 16) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(prefix);
    return Optional.of(new IpRange(mask(words, bits), bits));
  }

  private static Optional<List<Integer>> four(String text) {
    String[] bytes = text.split("\\.", -1);
    if (bytes.length != 4) {
      return Optional.empty();
    }
    int[] values = new int[4];
    for (int i = 0; i < 4; i++) {
      if (!BYTE.matcher(bytes[i]).matches() || Integer.parseInt(bytes[i]) > 255) {
        return Optional.empty();
      }
      values[i] = Integer.parseInt(bytes[i]);
    }
    return Optional.of(List.of(values[0] << 8 | values[1], values[2] << 8 | values[3]));
  }

  /// RFC 4291 section 2.2, forms 1 and 2; `::` stands for one run of zeros.
  private static Optional<List<Integer>> six(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return words(text).filter(all -> all.size() == 8);
    }
    Optional<List<Integer>> head = words(text.substring(0, gap));
    Optional<List<Integer>> tail = words(text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty() || head.get().size() + tail.get().size() > 7) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head.get());
    while (all.size() + tail.get().size() < 8) {
      all.add(0);
    }
    all.addAll(tail.get());
    return Optional.of(List.copyOf(all));
  }

  private static Optional<List<Integer>> words(String text) {
    List<Integer> words = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(words);
    }
    for (String word : text.split(":", -1)) {
      if (!WORD.matcher(word).matches()) {
        return Optional.empty();
      }
      words.add(Integer.parseInt(word, 16));
    }
    return Optional.of(words);
  }
}
