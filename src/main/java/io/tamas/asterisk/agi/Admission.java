package io.tamas.asterisk.agi;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Who may open a session, and how many there may be in all and from one peer.
final class Admission {
  enum Refusal {
    NOT_ALLOWED,
    FULL,
    PEER_FULL
  }

  private final AllowedPeers allowed;
  private final int most;
  private final int mostPerPeer;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> openByPeer = new ConcurrentHashMap<>();

  Admission(AllowedPeers allowed, int most, int mostPerPeer) {
    this.allowed = allowed;
    this.most = most;
    this.mostPerPeer = mostPerPeer;
  }

  /// Takes a place, to be given back by [#leave], or says why there is none.
  Optional<Refusal> enter(InetAddress peer) {
    if (!allowed.allow(peer)) {
      return Optional.of(Refusal.NOT_ALLOWED);
    }
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return Optional.of(Refusal.FULL);
    }
    if (openByPeer.merge(peer, 1, Integer::sum) > mostPerPeer) {
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
