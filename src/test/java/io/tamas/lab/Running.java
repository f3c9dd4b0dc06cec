package io.tamas.lab;

import java.util.List;

/// How Tamas and PostgreSQL run in a house.
enum Running {
  /// Quick to start and small; a power failure would lose what was committed last.
  FOR_TESTS(false, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1")),

  /// As users have them.
  AS_DELIVERED(true, List.of());

  /// PostgreSQL waits for the disk at each commit. Else, what connects the parts can be made slow
  /// and cut.
  final boolean durable;

  /// Options of Tamas' JVM beside those with which it is delivered.
  final List<String> javaOptions;

  Running(boolean durable, List<String> javaOptions) {
    this.durable = durable;
    this.javaOptions = javaOptions;
  }
}
