package io.tamas.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/// An event as subscribers see it. Ids grow in the order of commit, so "all after id n" misses
/// nothing.
public record Event(
    long id,
    EventType type,
    String subject,
    Instant at,
    @JsonRawValue String data,
    @JsonIgnore Audience audience) {

  /// One of which it does not matter who receives it.
  public Event(long id, EventType type, String subject, Instant at, String data) {
    this(id, type, subject, at, data, Audience.Circle.OVERSEERS);
  }
}
