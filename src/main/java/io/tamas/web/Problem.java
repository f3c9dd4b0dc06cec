package io.tamas.web;

import io.tamas.db.DatabaseFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A refusal that is sent to the client as a problem document (RFC 9457).
public final class Problem extends RuntimeException {
  private final int status;
  private final String title;
  private final List<Fault> faults;
  private final Map<String, String> headers;

  /// One wrong field and the rule that it breaks.
  ///
  /// @param pointer into the body, such as `/numbers/0/number`, or a parameter, such as
  ///   `query:limit`, `path:id`, `header:if-match`
  /// @param line of a text body, from 1
  public record Fault(String pointer, String detail, Optional<Integer> line) {
    public Fault(String pointer, String detail) {
      this(pointer, detail, Optional.empty());
    }
  }

  public Problem(int status, String title, String detail, List<Fault> faults) {
    this(status, title, detail, faults, Map.of());
  }

  private Problem(
      int status, String title, String detail, List<Fault> faults, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.faults = List.copyOf(faults);
    this.headers = Map.copyOf(headers);
  }

  /// The same with header fields that its answer has, which say what would be right.
  public Problem with(Map<String, String> fields) {
    return new Problem(status, title, detail(), faults, fields);
  }

  /// A parameter or a body that cannot be read.
  public static Problem bad(String title, String pointer, String rule) {
    return new Problem(400, title, pointer + " " + rule, List.of(new Fault(pointer, rule)));
  }

  public static Problem unauthorized(String detail) {
    return new Problem(401, "Unauthorized", detail, List.of());
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail, List.of());
  }

  /// Nothing was changed; the same request can be retried later.
  public static Problem unavailable(String detail) {
    return new Problem(503, "Unavailable", detail, List.of());
  }

  static Problem of(DatabaseFault.Retryable fault) {
    return fault.isSlow()
        ? new Problem(504, "Timeout", "the database took too long", List.of())
        : unavailable(
            fault.refusesTheServer()
                ? "the database refuses the server"
                : "the database does not answer");
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

  /// What happened, as text for users.
  public String detail() {
    return String.valueOf(getMessage());
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

  Map<String, String> headers() {
    return headers;
  }
}
