package io.tamas.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The connections, in two pots: strangers, and holders of keys. Strangers are limited in number,
/// also from one address, and in time; a further one takes the place of the one that has been idle
/// for longest. So whoever has a key finds a place, whatever strangers do. Pure; not thread-safe.
///
/// @param <C> a connection
final class ConnectionPots<C> {
  private final Limits limits;
  private final Map<C, State> all = new LinkedHashMap<>();
  private final Set<C> strangers = new LinkedHashSet<>();
  private final Map<String, Set<C>> byAddress = new HashMap<>();

  /// @param head how long a stranger may take for the head of a request
  /// @param idle the same of a holder
  record Limits(int strangers, int perAddress, int holders, Duration head, Duration idle) {}

  private static final class State {
    private final String address;
    private boolean holder;
    private boolean busy;
    private boolean streams;
    private long idleSince;

    State(String address, long now) {
      this.address = address;
      this.idleSince = now;
    }
  }

  ConnectionPots(Limits limits) {
    this.limits = limits;
  }

  /// Takes a new one in.
  ///
  /// @return the one that gives way, which may be the new one itself
  Optional<C> opened(C connection, String address, long now) {
    all.put(connection, new State(address, now));
    Set<C> sameAddress = byAddress.computeIfAbsent(address, _ -> new LinkedHashSet<>());
    strangers.add(connection);
    sameAddress.add(connection);
    if (sameAddress.size() > limits.perAddress()) {
      return Optional.of(idle(sameAddress, connection));
    }
    return strangers.size() > limits.strangers()
        ? Optional.of(idle(strangers, connection))
        : Optional.empty();
  }

  /// One whose request is being answered is not interrupted.
  private C idle(Set<C> among, C otherwise) {
    for (C connection : among) {
      State state = all.get(connection);
      if (state != null && !state.busy) {
        return connection;
      }
    }
    return otherwise;
  }

  /// A valid key was shown on it.
  ///
  /// @return false if there are too many holders
  boolean signedIn(C connection) {
    State state = all.get(connection);
    if (state == null || state.holder) {
      return true;
    }
    if (holders() >= limits.holders()) {
      return false;
    }
    leaveStrangers(connection, state);
    state.holder = true;
    return true;
  }

  private void leaveStrangers(C connection, State state) {
    strangers.remove(connection);
    Set<C> sameAddress = byAddress.get(state.address);
    if (sameAddress != null && sameAddress.remove(connection) && sameAddress.isEmpty()) {
      byAddress.remove(state.address);
    }
  }

  /// The head of a request was received.
  void began(C connection) {
    State state = all.get(connection);
    if (state != null) {
      state.busy = true;
    }
  }

  /// Its stream has no answer that ends, and rules of its own.
  void streams(C connection) {
    State state = all.get(connection);
    if (state != null) {
      state.streams = true;
    }
  }

  /// The answer was written.
  void answered(C connection, long now) {
    State state = all.get(connection);
    if (state != null && !state.streams) {
      state.busy = false;
      state.idleSince = now;
    }
  }

  void closed(C connection) {
    State state = all.remove(connection);
    if (state != null) {
      leaveStrangers(connection, state);
    }
  }

  /// Those that have taken too long for the head of a request.
  List<C> overdue(long now) {
    List<C> overdue = new ArrayList<>();
    all.forEach((connection, state) -> {
      long most = (state.holder ? limits.idle() : limits.head()).toNanos();
      if (!state.busy && now - state.idleSince > most) {
        overdue.add(connection);
      }
    });
    return overdue;
  }

  int size() {
    return all.size();
  }

  int strangers() {
    return strangers.size();
  }

  private int holders() {
    return all.size() - strangers.size();
  }
}
