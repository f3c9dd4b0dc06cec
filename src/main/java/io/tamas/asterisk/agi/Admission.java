package io.tamas.asterisk.agi;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Limits sessions: to allowed peers, to a maximum in total and to one per peer.
final class Admission {
  enum Refusal {
    NOT_ALLOWED,
    FULL,
    PEER_FULL
  }

  private final AllowedPeers allowed;
  private final int max;
  private final int maxPerPeer;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> openByPeer = new ConcurrentHashMap<>();

  Admission(AllowedPeers allowed, int max, int maxPerPeer) {
    this.allowed = allowed;
    this.max = max;
    this.maxPerPeer = maxPerPeer;
  }

  /// Admits a session, to be ended by [#leave], or returns the reason for the refusal.
  Optional<Refusal> enter(InetAddress peer) {
    if (!allowed.allow(peer)) {
      return Optional.of(Refusal.NOT_ALLOWED);
    }
    if (open.incrementAndGet() > max) {
      open.decrementAndGet();
      return Optional.of(Refusal.FULL);
    }
    if (openByPeer.merge(peer, 1, Integer::sum) > maxPerPeer) {
      leave(peer);
      return Optional.of(Refusal.PEER_FULL);
    }
    return Optional.empty();
  }

  void leave(InetAddress peer) {
    open.decrementAndGet();
    openByPeer.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
  }

  int open() {
    return open.get();
  }
}
