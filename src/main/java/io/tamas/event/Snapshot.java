package io.tamas.event;

import io.tamas.web.Principal.Reach;
import java.util.List;

/// The state that a new subscriber starts from.
///
/// It is requested after the subscriber's position in the stream is fixed and contains at least the
/// events up to there; it may be ahead of them. Written as JSON. May wait, though not for long.
public interface Snapshot {

  /// The calls in progress.
  Object calls();

  /// Those of them that are of some extensions.
  default Object calls(Reach.Extensions reach) {
    return List.of();
  }

  /// The extensions with their states.
  Object extensions();
}
