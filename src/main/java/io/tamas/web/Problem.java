package io.tamas.web;

import java.util.List;

/// A refusal that the client is told as a problem document (RFC 9457).
public final class Problem extends RuntimeException {
  private final int status;
  private final String title;
  private final List<Fault> faults;

  /// One wrong field: a JSON pointer and the rule that it breaks.
  public record Fault(String pointer, String detail) {}

  public Problem(int status, String title, String detail, List<Fault> faults) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.faults = List.copyOf(faults);
  }

  public static Problem notFound(String what) {
    return new Problem(404, "Not found", what + " does not exist", List.of());
  }

  public static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail, List.of());
  }

  public static Problem preconditionFailed(String detail) {
    return new Problem(412, "Precondition failed", detail, List.of());
  }

  public static Problem invalid(List<Fault> faults) {
    return new Problem(422, "Not valid", "see faults", faults);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public List<Fault> faults() {
    return faults;
  }
}
