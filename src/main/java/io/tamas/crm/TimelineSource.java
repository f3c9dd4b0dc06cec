package io.tamas.crm;

import io.tamas.web.Request;
import java.util.List;

/// What a feature knows of what happened with somebody. May wait.
public interface TimelineSource {
  TimelineItem.Kind kind();

  /// The next items, the newest first.
  ///
  /// @param request of which the client sees what it may
  /// @param limit the most of them
  List<TimelineItem> before(
      TimelineSubject subject, Request request, TimelinePosition position, int limit);
}
