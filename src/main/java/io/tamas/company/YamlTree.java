package io.tamas.company;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/// A YAML file as a tree that knows the line of each value.
///
/// Plain values stay the text that was written: `101` is the same as `"101"`, and `08:00` is not a
/// number in base 60. What YAML would multiply or hide is refused: anchors, aliases, tags,
/// duplicate keys, a second document. Size and depth are bounded.
final class YamlTree {
  private static final int MAX_CHARACTERS = 8 << 20;
  private static final int DEEPEST = 12;

  private final Map<String, Integer> lines = new HashMap<>();
  private final JsonNode root;

  sealed interface Outcome {
    record Good(YamlTree tree) implements Outcome {}

    record Broken(int line, String rule) implements Outcome {}
  }

  private static final class Refused extends IOException {
    private final int line;

    Refused(int line, String rule) {
      super(rule);
      this.line = line;
    }
  }

  private YamlTree(YAMLParser parser) throws IOException {
    parser.nextToken();
    root = value(parser, "");
    if (parser.nextToken() != null) {
      throw new Refused(line(parser), "is a second document");
    }
  }

  static Outcome read(String yaml) {
    if (yaml.length() > MAX_CHARACTERS) {
      return new Outcome.Broken(1, "is longer than " + MAX_CHARACTERS + " characters");
    }
    try (YAMLParser parser = factory().createParser(yaml)) {
      YamlTree tree = new YamlTree(parser);
      Optional<Outcome.Broken> hidden = YamlFaults.hidden(yaml, limits());
      return hidden.isPresent() ? hidden.get() : new Outcome.Good(tree);
    } catch (Refused e) {
      return new Outcome.Broken(e.line, String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      return YamlFaults.of(e, yaml);
    } catch (IOException e) {
      return new Outcome.Broken(1, "cannot be read");
    }
  }

  JsonNode root() {
    return root;
  }

  /// The line of the value, or of the nearest one around it.
  int line(String pointer) {
    String at = pointer;
    while (!at.isEmpty() && !lines.containsKey(at)) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 1);
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private JsonNode value(YAMLParser parser, String pointer) throws IOException {
    lines.putIfAbsent(pointer, line(parser));
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw new Refused(line(parser), YamlFaults.ANCHOR);
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser, pointer);
      case START_ARRAY -> array(parser, pointer);
      case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
      case null -> throw new Refused(1, "is empty");
      default -> TextNode.valueOf(parser.getText());
    };
  }

  private ObjectNode object(YAMLParser parser, String pointer) throws IOException {
    tooDeep(parser, pointer);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String inside = pointer + "/" + escaped(name);
      lines.put(inside, line(parser));
      // a field without a value is as if it were not there, but its name is looked at
      JsonToken token = parser.nextToken();
      object.set(
          name, token == JsonToken.VALUE_NULL ? NullNode.getInstance() : value(parser, inside));
    }
    return object;
  }

  private ArrayNode array(YAMLParser parser, String pointer) throws IOException {
    tooDeep(parser, pointer);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        throw new Refused(line(parser), "an item of a list is empty");
      }
      array.add(value(parser, pointer + "/" + array.size()));
    }
    return array;
  }

  private static void tooDeep(YAMLParser parser, String pointer) throws Refused {
    if (pointer.chars().filter(c -> c == '/').count() > DEEPEST) {
      throw new Refused(line(parser), "is deeper than " + DEEPEST + " levels");
    }
  }

  private static int line(YAMLParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private static LoaderOptions limits() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_CHARACTERS);
    limits.setNestingDepthLimit(DEEPEST + 8);
    return limits;
  }

  private static YAMLFactory factory() {
    YAMLFactory factory =
        YAMLFactory.builder()
            .loaderOptions(limits())
            // `NO` is Norway
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();
    factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    return factory;
  }
}
