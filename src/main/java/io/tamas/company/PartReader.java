package io.tamas.company;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.tamas.company.Company.Part;
import io.tamas.json.Json;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads parts as people write them: omitted fields are empty, false or 0; a required field that is
/// omitted is reported.
final class PartReader {
  private static final ObjectMapper MAPPER = mapper();

  /// Cached, since the virtual machine creates them anew on each request.
  private static final ClassValue<List<RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return List.of(type.getRecordComponents());
        }
      };

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
    PartNumbers numbers = PartNumbers.of(kind, body, plans);
    return numbers.wrong().isEmpty() ? read(kind, numbers.body()) : new Read.Wrong(numbers.wrong());
  }

  static Read read(PartKind kind, JsonNode body) {
    if (!body.isObject()) {
      return new Read.Wrong("", "must be fields and their values");
    }
    try {
      Part part = MAPPER.treeToValue(body, kind.type());
      return missing(part, "")
          .<Read>map(pointer -> new Read.Wrong(pointer, "is required"))
          .orElseGet(() -> new Read.Good(part));
    } catch (JsonMappingException e) {
      return new Read.Wrong(pointer(e), rule(e));
    } catch (JsonProcessingException e) {
      return new Read.Wrong("", "cannot be read");
    }
  }

  /// Reads a part as it is stored; fields that were added since are empty.
  static Part stored(PartKind kind, String json) {
    try {
      return MAPPER.readValue(json, kind.type());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON is not a valid " + kind.singular(), e);
    }
  }

  /// The first field of a record, or of a record in it, that was omitted and has no empty form.
  private static Optional<String> missing(Object read, String pointer) {
    if (read instanceof Optional<?> optional && optional.isPresent()) {
      return missing(optional.get(), pointer);
    }
    if (read instanceof Iterable<?> items) {
      int index = 0;
      for (Object item : items) {
        Optional<String> found = missingAt(item, pointer + "/" + index++);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    if (read instanceof Record && read.getClass().getPackage() == Company.class.getPackage()) {
      for (RecordComponent component : COMPONENTS.get(read.getClass())) {
        Optional<String> found =
            missingAt(value(read, component), pointer + "/" + component.getName());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> missingAt(@Nullable Object value, String pointer) {
    return value == null ? Optional.of(pointer) : missing(value, pointer);
  }

  private static @Nullable Object value(Object of, RecordComponent component) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
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
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "is not known; known are "
          + unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    return e.getCause() instanceof IllegalArgumentException refusal && refusal.getMessage() != null
        ? "is not valid: " + refusal.getMessage()
        : "is not valid";
  }
}
