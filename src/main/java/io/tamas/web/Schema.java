package io.tamas.web;

import io.tamas.web.Problem.Fault;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A JSON Schema of the contract.
final class Schema {
  private static final int MAX_FAULTS = 20;

  /// Keywords whose failure only means that something nested failed.
  private static final Set<String> WRAPPERS =
      Set.of("properties", "items", "$ref", "propertyNames");

  private final Supplier<Validator> maker;
  private final Function<String, JsonObject> parts;
  private volatile @Nullable Validator made;

  /// @param maker of its validator, which is made when it is first used: each knows all schemas of
  ///   the contract, and takes memory accordingly
  /// @param parts the schema in which a keyword is, by the keyword's place
  Schema(Supplier<Validator> maker, Function<String, JsonObject> parts) {
    this.maker = maker;
    this.parts = parts;
  }

  /// Two that are made at once are alike.
  private Validator validator() {
    Validator validator = made;
    if (validator == null) {
      validator = maker.get();
      made = validator;
    }
    return validator;
  }

  /// All faults, each with its JSON pointer; at most 20.
  ///
  /// @param value as Vert.x parses JSON: `JsonObject`, `JsonArray`, text, number, boolean
  List<Fault> faults(Object value) {
    OutputUnit result = validator().validate(value);
    if (Boolean.TRUE.equals(result.getValid())) {
      return List.of();
    }
    List<OutputUnit> errors = result.getErrors() == null ? List.of() : result.getErrors();
    Set<Fault> faults = new LinkedHashSet<>();
    for (OutputUnit error : errors) {
      if (!isWrapper(error) && faults.size() < MAX_FAULTS) {
        faults.add(fault(error, value));
      }
    }
    unknownFields(errors, faults).forEach(faults::add);
    return List.copyOf(faults);
  }

  /// The validator also reports a known but wrong field as a forbidden additional property; for an
  /// unknown field it reports nothing else, there or nested.
  private static List<Fault> unknownFields(List<OutputUnit> errors, Set<Fault> known) {
    List<String> candidates =
        errors.stream()
            .filter(error -> keyword(error).equals("additionalProperties"))
            .map(Schema::pointer)
            .distinct()
            .toList();
    Set<String> explained = known.stream().map(Fault::pointer).collect(Collectors.toSet());
    return candidates.stream()
        .filter(pointer -> !explained.contains(pointer))
        .filter(pointer ->
            Stream.concat(explained.stream(), candidates.stream())
                .noneMatch(deeper -> deeper.startsWith(pointer + "/")))
        .limit(MAX_FAULTS)
        .map(pointer -> new Fault(pointer, "is unknown"))
        .toList();
  }

  private static boolean isWrapper(OutputUnit error) {
    return WRAPPERS.contains(keyword(error)) || keyword(error).equals("additionalProperties");
  }

  private static String keyword(OutputUnit error) {
    String location = error.getKeywordLocation();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private Fault fault(OutputUnit error, Object value) {
    String pointer = pointer(error);
    String report = error.getError();
    if (keyword(error).equals("required")) {
      return new Fault(pointer + "/" + SchemaRule.required(report), "is required");
    }
    JsonObject part = parts.apply(error.getKeywordLocation());
    return new Fault(
        pointer, SchemaRule.of(keyword(error), report, pointer, given(error, value), part));
  }

  /// The name of a field where that is what is wrong, else its value.
  private static Optional<Object> given(OutputUnit error, Object value) {
    String pointer = pointer(error);
    return error.getKeywordLocation().contains("/propertyNames/")
        ? Optional.of(pointer.substring(pointer.lastIndexOf('/') + 1))
        : Optional.ofNullable(at(pointer, value));
  }

  private static @Nullable Object at(String pointer, Object value) {
    return pointer.isEmpty() ? value : JsonPointer.from(pointer).queryJson(value);
  }

  private static String pointer(OutputUnit error) {
    String location = error.getInstanceLocation();
    return location.startsWith("#") ? location.substring(1) : location;
  }
}
