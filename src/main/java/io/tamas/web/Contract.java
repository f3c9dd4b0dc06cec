package io.tamas.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The OpenAPI 3.1 document: the only definition of what the API accepts and returns. Requests are
/// validated against it; a test validates the responses against it.
public final class Contract {
  private static final String RESOURCE = "/openapi.yaml";
  private static final String BASE = "app://tamas/openapi";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final String text;
  private final JsonObject document;
  private final SchemaRepository schemas;
  private final List<Operation> operations;

  private Contract(String text) {
    this.text = text;
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Map<String, Object> map = new Yaml(new SafeConstructor(strict)).load(text);
    anchor(map);
    this.document = new JsonObject(map);
    this.schemas =
        SchemaRepository.create(
            new JsonSchemaOptions()
                .setBaseUri(BASE)
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic));
    // the schemas that are referred to; all others are passed to their validators in full
    JsonObject shared = new JsonObject().put("components", document.getJsonObject("components"));
    schemas.dereference(BASE, JsonSchema.of(BASE, shared));
    this.operations = readOperations();
  }

  /// In the patterns of JSON Schema (ECMA 262) `$` is the end of a text; in Java's it is also
  /// before a last line feed.
  private static void anchor(Object node) {
    switch (node) {
      case Map<?, ?> map ->
          map.forEach((key, value) -> {
            if (key.equals("pattern") && value instanceof String pattern && pattern.endsWith("$")) {
              @SuppressWarnings("unchecked")
              Map<Object, Object> schema = (Map<Object, Object>) map;
              schema.put(key, pattern.substring(0, pattern.length() - 1) + "\\z");
            } else {
              anchor(value);
            }
          });
      case List<?> list -> list.forEach(Contract::anchor);
      case null, default -> {}
    }
  }

  /// The contract that is packaged with this program.
  public static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Contract parse(String text) {
    return new Contract(text);
  }

  /// The document as served: YAML.
  String text() {
    return text;
  }

  JsonObject document() {
    return document.copy();
  }

  List<Operation> operations() {
    return operations;
  }

  Operation operation(String id) {
    return operations.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no operation " + id));
  }

  /// Why somebody may not use an operation; empty if they may.
  public Optional<String> refusal(String operation, Principal principal) {
    return operation(operation).refusal(principal);
  }

  /// The schema at a JSON pointer.
  Schema schema(String pointer) {
    return new Node(pointer).schema();
  }

  /// The schema of a response's JSON body; empty if the status has none.
  Optional<Schema> answerSchema(String operationId, int status) {
    Node answers = new Node(operation(operationId).pointer()).child("responses");
    Node stated = answers.child("" + status);
    Node answer = (stated.exists() ? stated : answers.child("default")).resolved();
    return answer.child("content").children().stream()
        .filter(type -> type.name().endsWith("json"))
        .findFirst()
        .map(type -> type.child("schema").schema());
  }

  private List<Operation> readOperations() {
    List<Operation> found = new ArrayList<>();
    for (Node path : new Node("").child("paths").children()) {
      for (Node method : path.children()) {
        if (METHODS.contains(method.name())) {
          found.add(operation(path, method));
        }
      }
    }
    return List.copyOf(found);
  }

  private Operation operation(Node path, Node method) {
    List<Parameter> parameters = new ArrayList<>();
    path.child("parameters").items().forEach(node -> parameters.add(parameter(node.resolved())));
    method.child("parameters").items().forEach(node -> parameters.add(parameter(node.resolved())));
    JsonArray security = method.object().getJsonArray("security");
    return new Operation(
        method.object().getString("operationId"),
        method.name().toUpperCase(Locale.ROOT),
        path.name(),
        security == null || !security.isEmpty(),
        tag(method),
        Optional.ofNullable(method.object().getString("x-scope")).map(Scope::of),
        method.object().getBoolean("x-own", false),
        Optional.ofNullable(method.object().getString("x-role")).map(Role::of),
        Optional.ofNullable(method.object().getString("x-grant")).map(Grant::of),
        method.object().getBoolean("x-self", false),
        method.object().getBoolean("x-one-time", false),
        method.object().getBoolean("x-codes-due", false),
        method.object().getBoolean("x-any-query", false),
        parameters,
        body(method.child("requestBody").resolved()),
        Optional.ofNullable(method.object().getInteger("x-timeout-seconds"))
            .map(Duration::ofSeconds),
        produced(method),
        method.pointer());
  }

  private static String tag(Node method) {
    JsonArray tags = method.object().getJsonArray("tags");
    return tags == null || tags.isEmpty() ? "" : tags.getString(0);
  }

  /// A body that is not JSON has its own limit, `x-max-bytes`; what is no text is written to a
  /// file.
  private static BodyForm body(Node body) {
    Node content = body.child("content");
    Node json = content.child("application/json");
    if (json.exists()) {
      return new BodyForm.Json(json.child("schema").schema());
    }
    List<String> types = content.children().stream().map(Node::name).toList();
    if (types.isEmpty()) {
      return new BodyForm.Nothing();
    }
    int most = body.object().getInteger("x-max-bytes");
    return types.stream().anyMatch(Contract::isNoText)
        ? new BodyForm.Upload(types, most)
        : new BodyForm.Text(types, most);
  }

  private static boolean isNoText(String type) {
    return type.startsWith("audio/") || type.equals("application/octet-stream");
  }

  private Parameter parameter(Node node) {
    JsonObject object = node.object();
    JsonObject schema = node.child("schema").resolved().object();
    return new Parameter(
        object.getString("name"),
        Parameter.Place.of(object.getString("in")),
        object.getBoolean("required", false),
        Parameter.Type.of(schema.getString("type"), schema.getString("format", "")),
        node.child("schema").schema());
  }

  private List<String> produced(Node method) {
    return method.child("responses").children().stream()
        .filter(answer -> answer.name().startsWith("2"))
        .flatMap(answer -> answer.resolved().child("content").children().stream())
        .map(Node::name)
        .distinct()
        .toList();
  }

  /// A copy whose references contain the document's name, so that it can be resolved on its own.
  private static Object absolute(Object value) {
    return switch (value) {
      case JsonObject object -> {
        JsonObject copy = new JsonObject();
        for (String name : object.fieldNames()) {
          Object child = object.getValue(name);
          if (!name.startsWith("__")) { // markers of the schema library
            copy.put(name, name.equals("$ref") ? BASE + child : absolute(child));
          }
        }
        yield copy;
      }
      case JsonArray array -> {
        JsonArray copy = new JsonArray();
        array.forEach(item -> copy.add(absolute(item)));
        yield copy;
      }
      default -> value;
    };
  }

  /// A node of the document, by its JSON pointer.
  private final class Node {
    private final String pointer;

    Node(String pointer) {
      this.pointer = pointer;
    }

    String pointer() {
      return pointer;
    }

    String name() {
      String last = pointer.substring(pointer.lastIndexOf('/') + 1);
      return last.replace("~1", "/").replace("~0", "~");
    }

    Node child(String name) {
      return new Node(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    List<Node> children() {
      return value() instanceof JsonObject object
          ? object.fieldNames().stream()
              .filter(name -> !name.startsWith("__"))
              .map(this::child)
              .toList()
          : List.of();
    }

    List<Node> items() {
      List<Node> items = new ArrayList<>();
      int size = value() instanceof JsonArray array ? array.size() : 0;
      for (int i = 0; i < size; i++) {
        items.add(child("" + i));
      }
      return items;
    }

    boolean exists() {
      return value() != null;
    }

    JsonObject object() {
      return value() instanceof JsonObject object ? object : new JsonObject();
    }

    /// Follows a `$ref` inside the document.
    Node resolved() {
      String ref = object().getString("$ref");
      return ref == null ? this : new Node(ref.substring(1)).resolved();
    }

    Schema schema() {
      JsonObject absolute = (JsonObject) absolute(object());
      String id = BASE + pointer.replaceAll("[^A-Za-z0-9/]", "-");
      return new Schema(() -> schemas.validator(JsonSchema.of(id, absolute)), this::at);
    }

    /// The schema in which a keyword is, by the keyword's place as the validator reports it.
    private JsonObject at(String keyword) {
      Node node = this;
      List<String> steps = List.of(keyword.split("/"));
      for (String step : steps.subList(1, steps.size() - 1)) {
        node = step.equals("$ref") ? node.resolved() : new Node(node.pointer + "/" + step);
      }
      return node.object();
    }

    private @Nullable Object value() {
      return JsonPointer.from(pointer).queryJson(document);
    }
  }
}
