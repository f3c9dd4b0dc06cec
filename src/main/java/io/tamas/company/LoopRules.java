package io.tamas.company;

import io.tamas.company.Company.Menu;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Extension.Forwards;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// No call may loop for ever without anybody's choice: by extensions that always forward, ring
/// groups that overflow, and menus in which nothing is chosen. A caller's choice may return to a
/// previous menu. Pure.
final class LoopRules {
  private static final int MAX_SHOWN = 10;

  private final Map<String, List<Step>> steps = new HashMap<>();
  private final Faults faults;

  /// A step that a call takes without anybody's choice.
  private record Step(Part part, String pointer, String from, String to) {}

  private LoopRules(Faults faults) {
    this.faults = faults;
  }

  static void check(Company company, Faults faults) {
    LoopRules rules = new LoopRules(faults);
    company.extensions().forEach(rules::forward);
    company.ringGroups().forEach(rules::overflow);
    company.menus().forEach(rules::withoutChoice);
    rules.dropDeadEnds();
    rules.steps.values().stream().flatMap(List::stream).toList().forEach(rules::report);
  }

  private void forward(Extension extension) {
    add(
        extension,
        "/forwards/always",
        new Destination.ToExtension(extension.number()),
        extension.forwards().flatMap(Forwards::always));
  }

  private void overflow(RingGroup group) {
    add(group, "/overflow", new Destination.ToRingGroup(group.name()), group.overflow());
  }

  private void withoutChoice(Menu menu) {
    Destination from = new Destination.ToMenu(menu.name());
    add(menu, "/otherwise", from, Optional.of(menu.otherwise()));
    add(menu, "/wrong", from, menu.wrong());
  }

  private void add(Part part, String pointer, Destination from, Optional<Destination> to) {
    to.ifPresent(destination ->
        steps
            .computeIfAbsent(from.text(), f -> new ArrayList<>())
            .add(new Step(part, pointer, from.text(), destination.text())));
  }

  /// Drops all steps that cannot be part of a loop, so that a company without loops is checked
  /// quickly.
  private void dropDeadEnds() {
    Map<String, List<String>> into = new HashMap<>();
    Deque<String> ends = new ArrayDeque<>();
    for (Step step : steps.values().stream().flatMap(List::stream).toList()) {
      into.computeIfAbsent(step.to(), t -> new ArrayList<>()).add(step.from());
      if (!steps.containsKey(step.to())) {
        ends.add(step.to());
      }
    }
    while (!ends.isEmpty()) {
      String end = ends.remove();
      for (String before : into.getOrDefault(end, List.of())) {
        steps.computeIfPresent(
            before,
            (from, onwards) -> {
              onwards.removeIf(step -> step.to().equals(end));
              if (onwards.isEmpty()) {
                ends.add(from);
              }
              return onwards.isEmpty() ? null : onwards;
            });
      }
    }
  }

  private void report(Step step) {
    if (faults.isFull()) {
      return;
    }
    loop(step)
        .ifPresent(loop ->
            faults.of(step.part()).breaks(step.pointer(), "causes a routing loop: " + text(loop)));
  }

  private static String text(List<String> loop) {
    String first = loop.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "));
    return loop.size() <= MAX_SHOWN ? first : first + " … " + loop.getLast();
  }

  /// The shortest loop that starts with the step.
  private Optional<List<String>> loop(Step first) {
    Map<String, String> cameFrom = new HashMap<>(Map.of(first.to(), first.from()));
    Deque<String> next = new ArrayDeque<>(List.of(first.to()));
    Set<String> seen = new HashSet<>(next);
    while (!next.isEmpty()) {
      String at = next.remove();
      if (at.equals(first.from())) {
        return Optional.of(back(first, cameFrom));
      }
      for (Step step : steps.getOrDefault(at, List.of())) {
        if (seen.add(step.to())) {
          cameFrom.put(step.to(), at);
          next.add(step.to());
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> back(Step first, Map<String, String> cameFrom) {
    Deque<String> loop = new ArrayDeque<>(List.of(first.from()));
    String at = first.from();
    do {
      at = cameFrom.getOrDefault(at, first.from());
      loop.addFirst(at);
    } while (!at.equals(first.from()));
    return List.copyOf(loop);
  }
}
