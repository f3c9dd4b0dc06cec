package io.tamas.config;

import io.tamas.config.Raw.Kind;
import io.tamas.config.Raw.Place;
import io.tamas.config.Raw.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/// One section of the configuration while it is read. Each option is read with its type, default
/// and bounds; a wrong value is reported as a fault and read as the default, so that reading
/// continues.
final class Section {
  private final String prefix;
  private final Yaml yaml;
  private final Optional<MappingNode> node;
  private final Reading reading;
  private final List<String> known = new ArrayList<>();
  private final List<Section> children = new ArrayList<>();

  Section(String prefix, Yaml yaml, Optional<MappingNode> node, Reading reading) {
    this.prefix = prefix;
    this.yaml = yaml;
    this.node = node;
    this.reading = reading;
  }

  Section section(String key) {
    known.add(key);
    Optional<MappingNode> child =
        node.flatMap(map -> Yaml.find(map, key))
            .map(NodeTuple::getValueNode)
            .flatMap(value -> mapping(value, key));
    Section section = new Section(prefix + key + ".", yaml, child, reading);
    children.add(section);
    return section;
  }

  private Optional<MappingNode> mapping(Node value, String key) {
    if (value instanceof MappingNode map) {
      return Optional.of(map);
    }
    // "agi:" with all its options commented out is an empty section
    if (!(yaml.raw(value, key) instanceof Scalar scalar && scalar.kind() == Kind.NOTHING)) {
      reading.fault(yaml.place(value, prefix + key), "must be a section of options");
    }
    return Optional.empty();
  }

  String text(String key, String fallback, TextRule rule) {
    return read(key, rule.phrase(), fallback, raw -> Values.text(raw).filter(rule.isMet()))
        .orElse(fallback);
  }

  /// An option without default; if it is missing, that is reported and the empty text returned.
  String requiredText(String key, TextRule rule) {
    declare(key, rule.phrase(), Optional.empty(), true);
    if (raw(key).isEmpty()) {
      reading.fault(yaml.place(prefix + key), required(key));
    }
    return parse(key, rule.phrase(), raw -> Values.text(raw).filter(rule.isMet())).orElse("");
  }

  int number(String key, int fallback, int min, int max) {
    return Math.toIntExact(number(key, (long) fallback, min, max));
  }

  long number(String key, long fallback, long min, long max) {
    return read(
            key,
            "a whole number from " + min + " to " + max,
            Long.toString(fallback),
            raw -> Values.wholeNumber(raw).filter(value -> value >= min && value <= max))
        .orElse(fallback);
  }

  Duration duration(String key, String fallback, String min, String max) {
    Duration least = DurationText.parse(min).orElseThrow();
    Duration most = DurationText.parse(max).orElseThrow();
    return read(
            key,
            "a duration from " + min + " to " + max,
            fallback,
            raw ->
                Values.text(raw)
                    .flatMap(DurationText::parse)
                    .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0))
        .orElseGet(() -> DurationText.parse(fallback).orElseThrow());
  }

  boolean flag(String key, boolean fallback) {
    return read(key, "true or false", Boolean.toString(fallback), Values::truth).orElse(fallback);
  }

  /// A list; in the environment its items are separated by commas.
  List<String> texts(String key, List<String> fallback, TextRule rule) {
    return read(
            key,
            "a list, each item " + rule.phrase(),
            "[" + String.join(", ", fallback) + "]",
            raw -> Values.list(raw, rule))
        .orElse(fallback);
  }

  /// A path; a relative one refers to the folder of the file.
  Path path(String key, String fallback) {
    Path path = read(key, "a path", fallback, Values::path).orElse(Path.of(fallback));
    return reading.folder().resolve(path).normalize();
  }

  /// A path that may be missing.
  Optional<Path> optionalPath(String key) {
    declare(key, "a path", Optional.empty(), false);
    return parse(key, "a path", Values::path).map(reading.folder()::resolve).map(Path::normalize);
  }

  /// Reports that the option breaks a rule that concerns other options, too.
  void fault(String key, String rule) {
    reading.fault(raw(key).map(Raw::place).orElseGet(() -> yaml.place(prefix + key)), rule);
  }

  /// A required secret; if it is missing, that is reported and an empty one returned.
  Secret requiredSecret(String key) {
    return requiredSecret(key, Optional.empty());
  }

  /// The same of a secret that may be a part of another option, which goes first.
  Secret requiredSecret(String key, Optional<Secret> elsewhere) {
    Optional<Secret> secret = secret(key, true);
    if (elsewhere.isEmpty() && raw(key).isEmpty() && raw(key + "File").isEmpty()) {
      reading.fault(yaml.place(prefix + key), required(key));
    }
    return elsewhere.or(() -> secret).orElse(new Secret(""));
  }

  Optional<Secret> secret(String key) {
    return secret(key, false);
  }

  /// A secret is given directly or, in `<key>File`, by a file whose first line contains it.
  private Optional<Secret> secret(String key, boolean required) {
    String file = key + "File";
    String rule = "a text of 1 to 200 printable characters";
    String fileRule = "the path of a readable file whose first line is " + rule;
    declare(key, rule, Optional.empty(), required);
    declare(file, fileRule, Optional.empty(), false);
    Optional<Raw> direct = raw(key);
    Optional<Raw> indirect = raw(file);
    if (direct.isEmpty() || (isVariable(indirect) && !isVariable(direct))) {
      return parse(file, fileRule, this::secretIn);
    }
    if (indirect.isPresent() && isVariable(direct) == isVariable(indirect)) {
      reading.fault(indirect.get().place(), "excludes " + prefix + key);
    }
    return parse(key, rule, Values::secret);
  }

  private Optional<Secret> secretIn(Raw raw) {
    return Values.path(raw).map(reading.folder()::resolve).flatMap(Values::secretIn);
  }

  /// Reports all unknown and duplicate keys.
  void refuseUnknownKeys() {
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : node.map(MappingNode::getValue).orElse(List.of())) {
      String key = Yaml.keyOf(tuple);
      Place place = yaml.place(tuple.getKeyNode(), prefix + key);
      if (!known.contains(key)) {
        reading.fault(place, Reading.unknown(key, known));
      } else if (!seen.add(key)) {
        reading.fault(place, "is a duplicate");
      }
    }
    children.forEach(Section::refuseUnknownKeys);
  }

  private <T> Optional<T> read(
      String key, String rule, String fallback, Function<Raw, Optional<T>> parser) {
    declare(key, rule, Optional.of(fallback), false);
    return parse(key, rule, parser);
  }

  private void declare(String key, String rule, Optional<String> fallback, boolean required) {
    known.add(key);
    reading.declare(new Option(prefix + key, rule, fallback, required));
  }

  private <T> Optional<T> parse(String key, String rule, Function<Raw, Optional<T>> parser) {
    Optional<Raw> raw = raw(key);
    Optional<T> value = raw.flatMap(parser);
    if (raw.isPresent() && value.isEmpty()) {
      reading.fault(raw.get().place(), "must be " + rule);
    }
    return value;
  }

  /// The environment takes precedence over the file.
  private Optional<Raw> raw(String key) {
    String variable = Option.environmentName(prefix + key);
    String text = reading.environment().get(variable);
    if (text != null) {
      return Optional.of(new Scalar(new Place("environment", variable), text, Kind.ANY));
    }
    return node.flatMap(map -> Yaml.find(map, key))
        .map(tuple -> yaml.raw(tuple.getValueNode(), prefix + key));
  }

  private static boolean isVariable(Optional<Raw> raw) {
    return raw.filter(value -> value instanceof Scalar scalar && scalar.kind() == Kind.ANY)
        .isPresent();
  }

  private String required(String key) {
    return "is required, here or as " + Option.environmentName(prefix + key);
  }
}
