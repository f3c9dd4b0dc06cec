package io.tamas.containers;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Whether a container engine answers. `./tamas test` finds or starts one, and says in
/// `TAMAS_ENGINE_FAULT` what failed if there is none.
final class EngineCondition implements ExecutionCondition {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Optional<String> FAULT = fault();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (FAULT.isEmpty()) {
      return ConditionEvaluationResult.enabled("a container engine answers");
    }
    String reason = "no container engine: " + FAULT.get();
    if ("1".equals(System.getenv("TAMAS_REQUIRE_ENGINE"))) {
      throw new AssertionError(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  private static Optional<String> fault() {
    String told = System.getenv().getOrDefault("TAMAS_ENGINE_FAULT", "");
    if (!told.isBlank()) {
      return Optional.of(told);
    }
    try {
      Docker.run(DEADLINE, "compose", "version");
      Docker.run(DEADLINE, "version");
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
