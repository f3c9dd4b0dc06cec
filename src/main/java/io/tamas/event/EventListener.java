package io.tamas.event;

/// Receives the events of all nodes inside the process. Called on an event loop: must not wait.
public interface EventListener {

  /// The next event, in the order of ids.
  void happened(Event event);

  /// Events were missed: what was derived from them may be out of date.
  void missed();
}
