package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Company.Part;
import io.tamas.company.CompanyStored.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A whole company as one YAML file: its settings, and a list for each other kind of part, each
/// item with the fields of the REST operation of its kind. Durations are ISO 8601: `PT25S`.
public final class CompanyYaml {
  private static final int MAX_FAULTS = 100;
  private static final List<String> KINDS =
      Stream.of(PartKind.values()).map(PartKind::plural).toList();

  private final List<Fault> faults = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final Map<Key, String> pointers = new HashMap<>();
  private final YamlTree tree;
  private final CompanyPlans plans;

  private CompanyYaml(YamlTree tree) {
    this.tree = tree;
    this.plans = CompanyPlans.of(tree.root());
  }

  /// The warnings for a company without faults.
  interface Warnings {
    List<CompanyFault> of(Company company);
  }

  /// @param line of the file, from 1
  /// @param field a pointer (RFC 6901) such as `/ring-groups/0/members/1`
  public record Fault(int line, String field, String rule) {
    public String text() {
      return "line " + line + ": " + (field.isEmpty() ? "" : field + " ") + rule;
    }
  }

  public sealed interface Read {
    /// @param warnings about parts that have no effect
    record Valid(Company company, List<Fault> warnings) implements Read {}

    record Faulty(List<Fault> faults) implements Read {}
  }

  /// Reads and checks a company of version 0. Never fails; if there are many faults, the first 100
  /// are reported.
  public static Read read(String yaml) {
    return read(yaml, CompanyWarnings::of);
  }

  static Read read(String yaml, Warnings warnings) {
    return switch (YamlTree.read(yaml)) {
      case YamlTree.Outcome.Broken(int line, String rule) ->
          new Read.Faulty(List.of(new Fault(line, "", rule)));
      case YamlTree.Outcome.Good(YamlTree tree) -> new CompanyYaml(tree).read(warnings);
    };
  }

  private Read read(Warnings warnings) {
    if (!tree.root().isObject()) {
      return new Read.Faulty(
          List.of(new Fault(1, "", "must hold the kinds of parts: " + String.join(", ", KINDS))));
    }
    tree.root().properties().forEach(entry -> readKind(entry.getKey(), entry.getValue()));
    Company company = Company.of(0, parts);
    if (faults.isEmpty()) {
      CompanyRules.faults(company).forEach(fault -> add(located(fault)));
    }
    return faults.isEmpty()
        ? new Read.Valid(company, warnings.of(company).stream().map(this::located).toList())
        : new Read.Faulty(List.copyOf(faults));
  }

  private void readKind(String name, JsonNode items) {
    String pointer = "/" + YamlTree.escaped(name);
    Optional<PartKind> kind = PartKind.ofPlural(name);
    if (kind.isEmpty()) {
      add(fault(pointer, PartShape.unknown(name, KINDS)));
      return;
    }
    if (items.isNull()) {
      return;
    }
    if (kind.get().isSingle()) {
      readPart(kind.get(), items, pointer);
      return;
    }
    if (!items.isArray()) {
      add(fault(pointer, "must be a list" + ValueForms.not(items)));
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      readPart(kind.get(), items.get(i), pointer + "/" + i);
    }
  }

  private void readPart(PartKind kind, JsonNode item, String pointer) {
    switch (PartReader.read(kind, item, plans)) {
      case PartReader.Read.Wrong(List<PartReader.Read.Field> fields) ->
          fields.forEach(field -> add(fault(pointer + field.pointer(), field.rule())));
      case PartReader.Read.Good(Part part) -> {
        parts.add(part);
        pointers.put(Key.of(part), pointer);
      }
    }
  }

  private Fault located(CompanyFault fault) {
    String part = pointers.getOrDefault(new Key(fault.kind(), fault.key()), "");
    return fault(part + fault.pointer(), fault.rule());
  }

  private Fault fault(String pointer, String rule) {
    return new Fault(tree.line(pointer), pointer, rule);
  }

  private void add(Fault fault) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(fault);
    }
  }
}
