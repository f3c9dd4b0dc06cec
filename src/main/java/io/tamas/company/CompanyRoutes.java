package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.CompanyDiff.Change;
import io.tamas.company.CompanyDiff.PartChange;
import io.tamas.company.CompanyYaml.Fault;
import io.tamas.company.CompanyYaml.Read.Faulty;
import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/// The validated company by REST, as one YAML document.
///
/// It is read from memory, also while PostgreSQL is unavailable; a new one is then refused (503).
public final class CompanyRoutes implements Api {
  /// A large company takes some hundred bytes of memory for each byte of its text.
  private static final int MAX_AT_ONCE = 2;

  private static final int MAX_WARNINGS = 100;
  private static final int MAX_CHANGES = 1_000;

  /// A trunk may be away for a moment.
  private static final Duration TROUBLED = Duration.ofMinutes(1);

  private final Companies companies;
  private final CompanySnapshot snapshot;
  private final PromptStore prompts;
  private final Troubles troubles;
  private final Semaphore reading = new Semaphore(MAX_AT_ONCE);

  /// What is wrong with a trunk.
  @FunctionalInterface
  public interface Troubles {
    /// @param atLeast for how long
    /// @return the second half of a sentence
    Optional<String> of(String trunk, Duration atLeast);
  }

  /// @param prompts whose files may be missing
  /// @param troubles with the trunks as they are now
  public CompanyRoutes(
      Companies companies, CompanySnapshot snapshot, PromptStore prompts, Troubles troubles) {
    this.companies = companies;
    this.snapshot = snapshot;
    this.prompts = prompts;
    this.troubles = troubles;
  }

  @Override
  public void mount(Operations on) {
    on.on("getCompany", _ -> get())
        .on("putCompany", request -> validated(request, read -> put(read, ETag.expected(request))))
        .on("listCompanyWarnings", _ -> listWarnings())
        .on("validateCompany", request -> reading(request, CompanyRoutes::validate))
        .on("diffCompany", request -> validated(request, this::diff));
  }

  private Response get() {
    Company company = snapshot.company();
    return new Response.Text(
        Map.of("etag", ETag.of(company.version())),
        "application/yaml",
        CompanyYamlWriter.write(company));
  }

  private record Warning(String kind, String name, String field, String rule) {
    static Warning of(CompanyFault warning) {
      return new Warning(
          warning.kind().singular(), warning.key(), warning.pointer(), warning.rule());
    }
  }

  private record Warnings(List<Warning> items) {}

  private Response listWarnings() {
    return Response.ok(
        new Warnings(
            warnings(snapshot.company()).stream().limit(MAX_WARNINGS).map(Warning::of).toList()));
  }

  private record Checked(boolean whole, List<Fault> faults, List<Fault> warnings) {}

  private static Response validate(CompanyYaml.Read read) {
    return Response.ok(
        switch (read) {
          case Faulty(List<Fault> faults) -> new Checked(false, faults, List.of());
          case Valid(Company _, List<Fault> warnings) -> new Checked(true, List.of(), warnings);
        });
  }

  private Response put(Valid read, Optional<Long> expected) {
    return switch (companies.replace(read.company(), expected)) {
      case CompanyReplacement.Done(long version, CompanyDiff diff) ->
          new Response.Body(
              200, Map.of("etag", ETag.of(version)), Difference.of(version, diff, read.warnings()));
      case CompanyReplacement.Stale(long version) ->
          throw Problem.preconditionFailed("the company has version " + version + " now");
      case CompanyReplacement.Faulty(List<CompanyFault> faults) ->
          throw Problem.invalid(
              faults.stream().map(fault -> new Problem.Fault("", fault.text())).toList());
    };
  }

  private Response diff(Valid read) {
    Company present = snapshot.company();
    return Response.ok(
        Difference.of(present.version(), CompanyDiff.of(present, read.company()), read.warnings()));
  }

  private record Changed(
      String kind, String name, String change, List<CompanyDiff.FieldChange> fields) {
    static Changed of(PartChange change) {
      return new Changed(
          change.kind().singular(),
          change.key(),
          change.change().name().toLowerCase(Locale.ROOT),
          change.fields());
    }
  }

  private record Ended(String kind, String name, String field, JsonNode before) {
    static Ended of(CompanyDiff.Ended ended) {
      return new Ended(ended.kind().singular(), ended.key(), ended.field(), ended.before());
    }
  }

  private record Difference(
      long version,
      int created,
      int updated,
      int deleted,
      List<Changed> changes,
      List<Ended> ended,
      List<Fault> warnings) {
    static Difference of(long version, CompanyDiff diff, List<Fault> warnings) {
      return new Difference(
          version,
          diff.count(Change.CREATED),
          diff.count(Change.UPDATED),
          diff.count(Change.DELETED),
          diff.changes().stream().limit(MAX_CHANGES).map(Changed::of).toList(),
          diff.ended().stream().limit(MAX_CHANGES).map(Ended::of).toList(),
          warnings);
    }
  }

  private List<CompanyFault> warnings(Company company) {
    return Stream.of(CompanyWarnings.of(company), prompts.missing(company), troubles(company))
        .flatMap(List::stream)
        .toList();
  }

  /// A trunk that is changed is another one.
  private List<CompanyFault> troubles(Company company) {
    List<Company.Trunk> stored = snapshot.company().trunks();
    return company.trunks().stream()
        .filter(stored::contains)
        .flatMap(trunk ->
            troubles
                .of(trunk.name(), TROUBLED)
                .map(rule -> new CompanyFault(PartKind.TRUNK, trunk.name(), "", rule, false))
                .stream())
        .toList();
  }

  private Response validated(Request request, Function<Valid, Response> answer) {
    return reading(
        request,
        read ->
            switch (read) {
              case Valid valid -> answer.apply(valid);
              case Faulty(List<Fault> faults) ->
                  throw Problem.invalid(faults.stream().map(CompanyRoutes::problem).toList());
            });
  }

  private static Problem.Fault problem(Fault fault) {
    return new Problem.Fault(fault.field(), fault.rule(), Optional.of(fault.line()));
  }

  private Response reading(Request request, Function<CompanyYaml.Read, Response> answer) {
    if (!reading.tryAcquire()) {
      throw Problem.unavailable("other companies are being read");
    }
    try {
      return answer.apply(CompanyYaml.read(request.text(), this::warnings));
    } finally {
      reading.release();
    }
  }
}
