package io.tamas.asterisk.agi;

import java.net.InetAddress;
import java.util.List;

/// The addresses that may connect, such as `127.0.0.1`, `::1` and `10.1.0.0/16`. FastAGI has
/// neither password nor TLS.
record AllowedPeers(List<Block> blocks) {

  /// Parses addresses, each with or without a prefix length. Host names are refused: nothing is
  /// resolved.
  ///
  /// @throws IllegalArgumentException if one cannot be read
  static AllowedPeers parse(List<String> texts) {
    return new AllowedPeers(texts.stream().map(Block::parse).toList());
  }

  boolean allow(InetAddress peer) {
    return blocks.stream().anyMatch(block -> block.contains(peer));
  }

  /// An address and how many of its leading bits count.
  record Block(InetAddress address, int prefix) {
    static Block parse(String text) {
      int slash = text.indexOf('/');
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits = 8 * address.getAddress().length;
      int prefix = slash < 0 ? bits : Integer.parseInt(text, slash + 1, text.length(), 10);
      if (prefix < 0 || prefix > bits) {
        throw new IllegalArgumentException("invalid prefix length: " + text);
      }
      return new Block(address, prefix);
    }

    boolean contains(InetAddress peer) {
      byte[] ours = address.getAddress();
      byte[] theirs = peer.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
