package io.tamas.company;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.company.Company.Part;
import io.tamas.json.Json;
import io.tamas.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads parts as people write them: omitted fields are empty, false or 0; a required field that is
/// omitted is reported.
final class PartReader {
  private static final ObjectMapper MAPPER = mapper();

  private PartReader() {}

  /// The part, or what is wrong.
  sealed interface Read {
    record Good(Part part) implements Read {}

    record Wrong(List<Field> fields) implements Read {
      Wrong(String pointer, String rule) {
        this(List.of(new Field(pointer, rule)));
      }
    }

    /// A field that is wrong.
    ///
    /// @param pointer of the field inside the part (RFC 6901)
    record Field(String pointer, String rule) {}
  }

  /// Reads a part whose numbers are written as people write them.
  static Read read(PartKind kind, JsonNode body, CompanyPlans plans) {
    return read(kind, body, plans, ValueForms.OF_YAML);
  }

  /// @param forms of the values in the document
  static Read read(PartKind kind, JsonNode body, CompanyPlans plans, ValueForms forms) {
    List<Read.Field> misshapen = PartShape.faults(kind, body, forms);
    PartNumbers numbers = PartNumbers.of(kind, body, plans);
    List<Read.Field> wrong = Stream.concat(misshapen.stream(), numbers.wrong().stream()).toList();
    return wrong.isEmpty() ? mapped(kind, numbers.body()) : new Read.Wrong(wrong);
  }

  /// Reads a part whose numbers are in the form in which they are stored.
  static Read read(PartKind kind, JsonNode body) {
    List<Read.Field> misshapen = PartShape.faults(kind, body, ValueForms.OF_YAML);
    return misshapen.isEmpty() ? mapped(kind, body) : new Read.Wrong(misshapen);
  }

  private static Read mapped(PartKind kind, JsonNode body) {
    try {
      return new Read.Good(MAPPER.treeToValue(visible(kind, body), kind.type()));
    } catch (JsonMappingException e) {
      return new Read.Wrong(pointer(e), rule(e));
    } catch (JsonProcessingException e) {
      return new Read.Wrong("", "cannot be read");
    }
  }

  /// What people read has no characters without a shape: one that reverses the text around it makes
  /// a name look like another. The names of most kinds are not read, but refer to them.
  private static JsonNode visible(PartKind kind, JsonNode body) {
    String field = kind == PartKind.EXTENSION ? "name" : "title";
    return body instanceof ObjectNode part && part.path(field).isTextual()
        ? part.deepCopy().put(field, Printable.visible(part.path(field).asText()))
        : body;
  }

  /// Reads a part as it is stored; fields that were added since are empty, and its name may be of
  /// before what has no shape was left out.
  static Part stored(PartKind kind, String json) {
    try {
      return MAPPER.treeToValue(visible(kind, MAPPER.readTree(json)), kind.type());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON is not a valid " + kind.singular(), e);
    }
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        Json.mapper().copy().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    for (Class<?> collection : List.of(List.class, Set.class, Map.class)) {
      mapper
          .configOverride(collection)
          .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }
    return mapper;
  }

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  /// Messages of our own constructors are meant for users; those of the library name classes.
  private static String rule(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException refusal && refusal.getMessage() != null
        ? "is not valid: " + refusal.getMessage()
        : "is not valid";
  }
}
