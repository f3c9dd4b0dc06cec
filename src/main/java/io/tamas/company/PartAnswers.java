package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Company.Part;
import io.tamas.company.CompanyOutcome.Absent;
import io.tamas.company.CompanyOutcome.Done;
import io.tamas.company.CompanyOutcome.Faulty;
import io.tamas.company.CompanyOutcome.Stale;
import io.tamas.company.CompanyOutcome.Taken;
import io.tamas.web.Cursor;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads and answers requests about parts, in the same way for all kinds.
final class PartAnswers {

  private final PartKind kind;

  PartAnswers(PartKind kind) {
    this.kind = kind;
  }

  private record Listed(List<? extends Part> items, Optional<String> next) {}

  /// The body, which must have the key of the part in the request path.
  ///
  /// @param company by whose plans the numbers in the part are read
  Part body(Request request, Company company) {
    Part part = body(request.body(JsonNode.class), company);
    if (!part.key().equals(request.path(kind.keyName()))) {
      throw Problem.invalid(
          List.of(new Fault("/" + kind.keyName(), "must be the one in the request path")));
    }
    return part;
  }

  /// @param company by whose plans the numbers in the part are read
  Part body(JsonNode body, Company company) {
    return switch (PartReader.read(kind, body, CompanyPlans.of(company))) {
      case PartReader.Read.Good(Part part) -> part;
      case PartReader.Read.Wrong(List<PartReader.Read.Field> fields) ->
          throw Problem.invalid(
              fields.stream().map(field -> new Fault(field.pointer(), field.rule())).toList());
    };
  }

  /// What is wrong with a body, field by field, in the words of the company's own rules.
  ///
  /// @param company that the part is to belong to
  List<Fault> explained(JsonNode body, Company company) {
    CompanyPlans plans = CompanyPlans.of(company);
    return switch (PartReader.read(kind, body, plans, ValueForms.OF_JSON)) {
      case PartReader.Read.Wrong(List<PartReader.Read.Field> fields) ->
          fields.stream().map(field -> new Fault(field.pointer(), field.rule())).toList();
      case PartReader.Read.Good(Part part) ->
          PartRules.faults(part, company).stream()
              .map(fault -> new Fault(fault.pointer(), fault.rule()))
              .toList();
    };
  }

  /// Whether the client requires the part to exist.
  static boolean mustExist(Request request) {
    return request.header("if-match").filter(text -> text.equals("*")).isPresent();
  }

  Problem absent(String key) {
    return Problem.notFound(kind.singular() + " " + key);
  }

  /// What was done; all other outcomes are thrown as problems.
  Done done(CompanyOutcome outcome, String key) {
    return switch (outcome) {
      case Done done -> done;
      case Absent() -> throw absent(key);
      case Taken() -> throw Problem.conflict(kind.singular() + " " + key + " already exists");
      case Stale(long version) ->
          throw Problem.preconditionFailed(
              version == 0
                  ? kind.singular() + " " + key + " does not exist"
                  : kind.singular() + " " + key + " has version " + version + " now");
      case Faulty(List<CompanyFault> faults) -> throw faulty(faults, key);
    };
  }

  /// Faults of the part itself are reported by field; a fault of another part means that it needs
  /// this one unchanged.
  private Problem faulty(List<CompanyFault> faults, String key) {
    List<CompanyFault> own =
        faults.stream().filter(fault -> fault.kind() == kind && fault.key().equals(key)).toList();
    return own.isEmpty()
        ? Problem.conflict(
            "needed by "
                + faults.stream()
                    .map(fault ->
                        fault.kind().singular() + " " + fault.key() + " " + fault.pointer())
                    .limit(10)
                    .collect(Collectors.joining(", ")))
        : Problem.invalid(
            own.stream().map(fault -> new Fault(fault.pointer(), fault.rule())).toList());
  }

  Response stored(Stored stored) {
    return new Response.Body(200, etag(stored), stored.part());
  }

  Response created(Stored stored, Object body) {
    String location = "/api/v1/" + kind.plural() + "/" + stored.part().key();
    return new Response.Body(
        201, Map.of("location", location, "etag", etag(stored).get("etag")), body);
  }

  private static Map<String, String> etag(Stored stored) {
    return Map.of("etag", ETag.of(stored.version()));
  }

  /// One page of the parts, by key.
  Response page(Request request, Stream<? extends Part> parts) {
    String after =
        request
            .query("cursor")
            .map(text -> Cursor.parse(kind.plural(), 1, text).fields().getFirst())
            .orElse("");
    int most = request.limit();
    List<? extends Part> found =
        parts
            .filter(part -> part.key().compareTo(after) > 0)
            .sorted(Comparator.comparing(Part::key))
            .limit(most + 1L)
            .toList();
    if (found.size() <= most) {
      return Response.ok(new Listed(found, Optional.empty()));
    }
    List<? extends Part> items = found.subList(0, most);
    String next = Cursor.of(kind.plural(), items.getLast().key()).text();
    return Response.ok(new Listed(items, Optional.of(next)));
  }
}
