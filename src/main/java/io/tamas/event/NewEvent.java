package io.tamas.event;

/// An event that is about to be appended.
///
/// @param subject what it is about, such as `call:tamas-1716.12`; events of one subject stay in
///   order
/// @param data written as JSON
public record NewEvent(EventType type, String subject, Object data) {}
