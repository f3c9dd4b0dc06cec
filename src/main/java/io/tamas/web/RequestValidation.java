package io.tamas.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.web.Parameter.Place;
import io.tamas.web.Problem.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Validates a request against its operation in the contract.
final class RequestValidation {
  private static final int MAX_DEPTH = 32;

  /// Windows writes it before texts; RFC 8259 section 8.1 lets who reads ignore it.
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern TWICE = Pattern.compile("^Duplicate .*?['\"](.{1,200})['\"]");

  /// Strict JSON, so that no two parsers read it differently.
  private static final ObjectReader STRICT =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .disable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private final Operation operation;
  private final Api.Handler handler;

  /// @param handler that explains what is wrong
  RequestValidation(Operation operation, Api.Handler handler) {
    this.operation = operation;
    this.handler = handler;
  }

  /// The request for the handler.
  ///
  /// @param tickets makes one for an address
  /// @throws Problem 400 for parameters and JSON that cannot be read, 415, 422 for a body that
  ///   breaks its schema
  Request validate(
      Principal principal,
      Client client,
      Map<String, String> path,
      MultiMap queries,
      MultiMap headers,
      Received body,
      UnaryOperator<String> tickets) {
    List<Fault> faults = new ArrayList<>(unknownQueries(queries));
    for (Parameter parameter : operation.parameters()) {
      faults.addAll(parameter.faults(values(parameter, path, queries, headers)));
    }
    if (!faults.isEmpty()) {
      throw new Problem(400, "Bad parameters", "see faults", faults);
    }
    JsonNode json = MissingNode.getInstance();
    String text = "";
    switch (operation.body()) {
      case BodyForm.Json form -> json = json(form.schema(), headers, body.bytes());
      case BodyForm.Text _ -> text = text(body.bytes());
      case BodyForm.Upload _, BodyForm.Nothing _ -> {}
    }
    return new ValidRequest(
        principal,
        operation.grant(),
        client,
        path,
        queries,
        headers,
        json,
        text,
        body.file(),
        tickets);
  }

  private List<Fault> unknownQueries(MultiMap queries) {
    List<String> known = operation.parameters(Place.QUERY).stream().map(Parameter::name).toList();
    return operation.anyQuery()
        ? List.of()
        : queries.names().stream()
            .filter(name -> !known.contains(name))
            .limit(20)
            .map(name -> new Fault("query:" + printable(name), "is unknown"))
            .toList();
  }

  private static List<String> values(
      Parameter parameter, Map<String, String> path, MultiMap queries, MultiMap headers) {
    return switch (parameter.place()) {
      case PATH -> List.of(path.getOrDefault(parameter.name(), ""));
      case QUERY -> queries.getAll(parameter.name());
      case HEADER -> headers.getAll(parameter.name());
    };
  }

  private JsonNode json(Schema schema, MultiMap headers, Buffer body) {
    String type = headers.contains("content-type") ? headers.get("content-type") : "";
    if (!type.matches("(?i)application/json *(; *charset=\"?utf-8\"?)? *")) {
      throw new Problem(
          415, "Unsupported media type", "the body must be application/json", List.of());
    }
    // never another encoding, which a parser would guess (RFC 8259 section 8.1)
    String text = text(body);
    JsonNode tree = parse(text);
    List<Fault> faults = new ArrayList<>(unstorable("", tree));
    List<Fault> misfits = schema.faults(forSchema(text));
    faults.addAll(misfits.isEmpty() || !faults.isEmpty() ? misfits : explained(tree, misfits));
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return tree;
  }

  /// The words of the handler where it has some, else those of the schema.
  private List<Fault> explained(JsonNode tree, List<Fault> misfits) {
    List<Fault> told = new ArrayList<>(handler.explain(tree));
    List<String> named = told.stream().map(Fault::pointer).toList();
    misfits.stream()
        .filter(misfit -> named.stream().noneMatch(one -> isWithin(misfit.pointer(), one)))
        .forEach(told::add);
    return told;
  }

  /// Whether one is the other, or inside it, or around it.
  private static boolean isWithin(String pointer, String other) {
    return (pointer + "/").startsWith(other + "/") || (other + "/").startsWith(pointer + "/");
  }

  private static String text(Buffer body) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw Problem.bad("Bad text", "body", "must be UTF-8");
    }
  }

  private static JsonNode parse(String body) {
    try (JsonParser parser = STRICT.createParser(body)) {
      JsonNode tree = STRICT.readTree(parser);
      if (tree == null || tree.isMissingNode()) {
        throw Problem.bad("Bad JSON", "body", "is required");
      }
      if (parser.nextToken() != null) {
        throw Problem.bad("Bad JSON", "body", "must be one JSON value");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw Problem.bad("Bad JSON", "body", "is not JSON: " + reason(e));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Where it breaks, and of a name that is twice, which.
  private static String reason(JsonProcessingException broken) {
    JsonLocation at = broken.getLocation();
    String place =
        at == null
            ? "see line 1"
            : "see line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    Matcher twice = TWICE.matcher(String.valueOf(broken.getOriginalMessage()));
    return twice.find()
        ? "the name %s is twice, %s".formatted(printable(twice.group(1)), place)
        : place;
  }

  /// Texts that PostgreSQL cannot store, or only changed: with NUL, or with half of a pair of
  /// UTF-16 surrogates, which no encoding has.
  private static List<Fault> unstorable(String pointer, JsonNode node) {
    List<Fault> faults = new ArrayList<>();
    if (node.isTextual()) {
      broken(node.textValue()).ifPresent(rule -> faults.add(new Fault(pointer, rule)));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      faults.addAll(unstorable(pointer + "/" + i, node.get(i)));
    }
    node.properties()
        .forEach(field -> {
          String name = field.getKey();
          String inner = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
          broken(name).ifPresent(rule -> faults.add(new Fault(pointer, rule + " in a name")));
          faults.addAll(unstorable(inner, field.getValue()));
        });
    return faults;
  }

  private static Optional<String> broken(String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of("must not contain NUL");
    }
    return UTF_8.newEncoder().canEncode(text)
        ? Optional.empty()
        : Optional.of("must not contain half of a surrogate pair");
  }

  /// The same JSON in the types of the validator.
  private static Object forSchema(String body) {
    try {
      return Json.decodeValue(body);
    } catch (DecodeException e) {
      throw Problem.bad("Bad JSON", "body", "is not JSON");
    }
  }

  private static String printable(String name) {
    String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
