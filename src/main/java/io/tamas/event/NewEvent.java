package io.tamas.event;

/// An event that is about to be appended.
///
/// @param subject what it is about, such as `call:tamas-1716.12`; events of one subject stay in
///   order
/// @param data written as JSON
/// @param audience who receives it beside those who see everything
public record NewEvent(EventType type, String subject, Object data, Audience audience) {

  /// Only for those who see everything.
  public NewEvent(EventType type, String subject, Object data) {
    this(type, subject, data, Audience.Circle.OVERSEERS);
  }
}
