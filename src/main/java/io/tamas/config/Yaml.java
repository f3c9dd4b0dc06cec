package io.tamas.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A YAML file as nodes that know their lines. No objects are constructed from tags, nested aliases
/// are not expanded, and the file's size is bounded.
final class Yaml {
  private static final int MAX_CHARACTERS = 1 << 20;

  private final String name;

  Yaml(String name) {
    this.name = name;
  }

  /// The root of the document; empty, with a reported fault, if it is not YAML or not a mapping.
  Optional<MappingNode> compose(String text, Reading reading) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(8);
    try {
      Node top = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
      if (top instanceof MappingNode mapping) {
        return Optional.of(mapping);
      }
      if (top != null) {
        reading.fault(place(top, "file"), "must be a mapping of sections");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      reading.fault(new Raw.Place(name + ":" + line, "file"), "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      reading.fault(
          new Raw.Place(name, "file"),
          "must be YAML without aliases of at most " + MAX_CHARACTERS + " characters");
    }
    return Optional.empty();
  }

  /// The tuple of a key.
  static Optional<NodeTuple> find(MappingNode node, String key) {
    return node.getValue().stream().filter(tuple -> keyOf(tuple).equals(key)).findFirst();
  }

  static String keyOf(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
  }

  /// A value with its location.
  Raw raw(Node node, String field) {
    return switch (node) {
      case ScalarNode scalar ->
          new Raw.Scalar(place(node, field), scalar.getValue(), Raw.Kind.of(node.getTag()));
      case SequenceNode sequence -> {
        List<Raw> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(raw(item, field + "[" + items.size() + "]"));
        }
        yield new Raw.Sequence(place(node, field), items);
      }
      default -> new Raw.Mapping(place(node, field));
    };
  }

  Raw.Place place(Node node, String field) {
    return new Raw.Place(name + ":" + (node.getStartMark().getLine() + 1), field);
  }

  Raw.Place place(String field) {
    return new Raw.Place(name, field);
  }
}
