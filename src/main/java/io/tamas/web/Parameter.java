package io.tamas.web;

import io.tamas.json.WrittenInstant;
import io.tamas.web.Problem.Fault;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;

/// One parameter of an operation.
record Parameter(String name, Place place, boolean required, Type type, Schema schema) {

  enum Place {
    PATH,
    QUERY,
    HEADER;

    static Place of(String text) {
      return switch (text) {
        case "path" -> PATH;
        case "query" -> QUERY;
        case "header" -> HEADER;
        default ->
            throw new IllegalArgumentException("parameters in " + text + " are not supported");
      };
    }
  }

  /// How the text is parsed before it is validated by the schema.
  enum Type {
    TEXT,
    INSTANT,
    WHOLE_NUMBER,
    FLAG;

    static Type of(String text, String format) {
      return switch (text) {
        case "string" -> format.equals("date-time") ? INSTANT : TEXT;
        case "integer" -> WHOLE_NUMBER;
        case "boolean" -> FLAG;
        default ->
            throw new IllegalArgumentException("parameters of type " + text + " are not supported");
      };
    }
  }

  /// The faults of the received values; empty if they are valid.
  List<Fault> faults(List<String> values) {
    if (values.isEmpty()) {
      return required ? List.of(fault("is required")) : List.of();
    }
    if (values.size() > 1) {
      return List.of(fault("must be given only once"));
    }
    if (values.getFirst().chars().anyMatch(Character::isISOControl)) {
      return List.of(fault("must not contain control characters"));
    }
    String given = values.getFirst();
    return type == Type.INSTANT ? instant(given) : typed(given);
  }

  private List<Fault> typed(String given) {
    return value(given)
        .map(value -> schema.faults(value).stream().map(f -> fault(f.detail())).toList())
        .orElseGet(() -> List.of(fault(rule() + ", not " + SchemaRule.shown(given))));
  }

  private List<Fault> instant(String given) {
    try {
      Request.time(given);
      return List.of();
    } catch (DateTimeException e) {
      return List.of(
          fault("must be " + WrittenInstant.wanted(given) + ", not " + SchemaRule.shown(given)));
    } catch (IllegalArgumentException e) {
      return List.of(fault(e.getMessage() + ", not " + SchemaRule.shown(given)));
    }
  }

  private Optional<Object> value(String text) {
    return switch (type) {
      case TEXT, INSTANT -> Optional.of(text);
      case WHOLE_NUMBER ->
          text.matches("-?[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
      case FLAG ->
          text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    };
  }

  private String rule() {
    return switch (type) {
      case TEXT, INSTANT -> "must be a text";
      case WHOLE_NUMBER -> "must be a whole number";
      case FLAG -> "must be true or false";
    };
  }

  private Fault fault(String detail) {
    return new Fault(place.name().toLowerCase(java.util.Locale.ROOT) + ":" + name, detail);
  }
}
