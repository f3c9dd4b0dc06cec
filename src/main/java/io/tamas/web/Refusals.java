package io.tamas.web;

/// Is told of each request that was refused because nobody, or somebody without the right, asked.
@FunctionalInterface
public interface Refusals {

  /// Must not wait.
  void refused(Act act, Problem problem);
}
