package io.tamas.event;

/// Somebody inside the process who follows the events of all nodes. Called on an event loop: must
/// not wait.
public interface EventListener {

  /// The next event, in the order of ids.
  void happened(Event event);

  /// Events were missed: what was derived from them may be out of date.
  void missed();
}
