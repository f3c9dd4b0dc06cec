package io.tamas.crm;

import io.tamas.web.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All that happened with somebody in one list, the newest first. Each source is asked for one page
/// at most, so that it takes no longer the more there is.
final class Timeline {
  private static final Comparator<TimelineItem> ORDER =
      Comparator.comparing(TimelineItem::at).reversed().thenComparing(TimelineItem::kind);

  private final List<TimelineSource> sources;

  /// @param sources one of a kind
  Timeline(List<TimelineSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /// @param next the last item, if there are more
  record Page(List<TimelineItem> items, Optional<TimelineCursor> next) {}

  /// @param kind only such
  Page page(
      TimelineSubject subject,
      Request request,
      Optional<TimelineItem.Kind> kind,
      Optional<TimelineCursor> after,
      int limit) {
    List<TimelineItem> found =
        sources.stream()
            .filter(source -> kind.map(source.kind()::equals).orElse(true))
            .flatMap(source ->
                source.before(subject, request, position(after, source.kind()), limit + 1).stream())
            .sorted(ORDER) // stable: what one source gave stays in its order
            .limit(limit + 1L)
            .toList();
    List<TimelineItem> items = found.subList(0, Math.min(limit, found.size()));
    return new Page(
        items,
        found.size() > limit ? Optional.of(TimelineCursor.of(items.getLast())) : Optional.empty());
  }

  private static TimelinePosition position(Optional<TimelineCursor> after, TimelineItem.Kind kind) {
    return after.map(last -> TimelinePosition.after(last, kind)).orElse(TimelinePosition.NEWEST);
  }
}
