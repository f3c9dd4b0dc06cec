package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tamas.company.PartReader.Read.Field;
import io.tamas.number.NumberPattern;
import io.tamas.number.NumberingPlan;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.number.WrittenPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The numbers in a part as people write them, in the form in which they are stored and matched.
/// What is no number, or not the same one by all plans that apply, is a fault. Pure.
final class PartNumbers {
  private static final String EXTERNAL = "number:";

  private final CompanyPlans plans;
  private final List<Field> wrong = new ArrayList<>();
  private final JsonNode body;

  private PartNumbers(JsonNode body, CompanyPlans plans) {
    this.body = body;
    this.plans = plans;
  }

  static PartNumbers of(PartKind kind, JsonNode written, CompanyPlans plans) {
    PartNumbers numbers = new PartNumbers(written.deepCopy(), plans);
    if (numbers.body instanceof ObjectNode part) {
      numbers.part(kind, part);
    }
    return numbers;
  }

  JsonNode body() {
    return body;
  }

  List<Field> wrong() {
    return wrong;
  }

  private void part(PartKind kind, ObjectNode part) {
    switch (kind) {
      case EXTENSION -> extension(part);
      case TRUNK ->
          number(part, "callerId", CompanyPlans.plan(part).map(List::of).orElse(List.of()));
      case OUTGOING_PROFILE -> profile(part);
      case EMERGENCY_NUMBER ->
          NumberingPlan.digits(part.path("number").asText())
              .ifPresent(digits -> part.put("number", digits));
      case MENU -> {
        destinations(part.path("options"), "/options", plans.ofTrunks());
        destination(part, "", "otherwise", plans.ofTrunks());
        destination(part, "", "wrong", plans.ofTrunks());
      }
      case RING_GROUP -> destination(part, "", "overflow", plans.ofTrunks());
      case INBOUND_ROUTE -> route(part);
      case EXTENSION_GROUP, PICKUP_GROUP, SCHEDULE, PROMPT -> {}
    }
  }

  private void extension(ObjectNode part) {
    List<NumberingPlan> by = plans.ofProfile(part.path("outgoing").asText());
    number(part, "callerId", by);
    number(part, "mobile", by);
    destinations(part.path("forwards"), "/forwards", by);
  }

  private void profile(ObjectNode part) {
    List<NumberingPlan> by = CompanyPlans.plan(part).map(List::of).orElse(List.of());
    JsonNode rules = part.path("rules");
    for (int i = 0; i < rules.size(); i++) {
      patterns(rules.path(i).path("numbers"), "/rules/" + i + "/numbers", by);
    }
  }

  private void route(ObjectNode part) {
    List<NumberingPlan> by = plans.ofTrunk(part.path("trunk").asText());
    if (part.path("numbers") instanceof ArrayNode numbers) {
      for (int i = 0; i < numbers.size(); i++) {
        dialled(numbers, i, by);
      }
    }
    patterns(part.path("callers"), "/callers", by);
    destination(part, "", "to", by);
    destination(part, "", "closed", by);
  }

  private void number(ObjectNode part, String name, List<NumberingPlan> by) {
    if (part.path(name) instanceof TextNode text) {
      read("/" + name, text.textValue(), by).ifPresent(number -> part.put(name, number.e164()));
    }
  }

  private Optional<PhoneNumber> read(String pointer, String text, List<NumberingPlan> by) {
    return switch (new WrittenNumbers(by).read(text)) {
      case Read.Number(PhoneNumber number) -> Optional.of(number);
      case Read.Short _ -> wrong(pointer, WrittenNumbers.RULE, text);
      case Read.Wrong(String rule) -> wrong(pointer, rule, text);
    };
  }

  private <T> Optional<T> wrong(String pointer, String rule, String given) {
    wrong.add(
        new Field(pointer, rule.startsWith("must be") ? rule + FieldRules.given(given) : rule));
    return Optional.empty();
  }

  /// A number of the company as the trunk delivers it: short ones too.
  private void dialled(ArrayNode numbers, int index, List<NumberingPlan> by) {
    if (numbers.get(index) instanceof TextNode text) {
      switch (new WrittenNumbers(by).read(text.textValue())) {
        case Read.Number(PhoneNumber number) -> numbers.set(index, number.e164());
        case Read.Short(String digits) -> numbers.set(index, digits);
        case Read.Wrong(String rule) -> wrong("/numbers/" + index, rule, text.textValue());
      }
    }
  }

  private void patterns(JsonNode patterns, String pointer, List<NumberingPlan> by) {
    if (patterns instanceof ArrayNode written) {
      for (int i = 0; i < written.size(); i++) {
        if (written.get(i) instanceof TextNode text) {
          Optional<NumberPattern> read = WrittenPattern.read(text.textValue(), by);
          if (read.isPresent()) {
            written.set(i, read.get().text());
          } else {
            wrong(pointer + "/" + i, WrittenPattern.RULE, text.textValue());
          }
        }
      }
    }
  }

  private void destinations(JsonNode of, String pointer, List<NumberingPlan> by) {
    if (of instanceof ObjectNode fields) {
      List<String> names = new ArrayList<>();
      fields.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> destination(fields, pointer, name, by));
    }
  }

  private void destination(ObjectNode of, String pointer, String name, List<NumberingPlan> by) {
    if (of.path(name) instanceof TextNode text && text.textValue().startsWith(EXTERNAL)) {
      read(
              pointer + "/" + YamlTree.escaped(name),
              text.textValue().substring(EXTERNAL.length()),
              by)
          .ifPresent(number -> of.put(name, EXTERNAL + number.e164()));
    }
  }
}
