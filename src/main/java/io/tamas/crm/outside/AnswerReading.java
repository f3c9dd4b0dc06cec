package io.tamas.crm.outside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Printable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads the answer of a CRM, which may say anything. Pure.
final class AnswerReading {
  private static final int MAX_NAME = 200;
  private static final int MAX_ID = 100;
  private static final int MAX_LINK = 500;
  private static final int MAX_CONTACTS = 50;

  /// As short as numbers are within a country, so that the way in which it is written does not
  /// count.
  private static final int SAME_DIGITS = 7;

  /// What these say about a number is that nobody has it.
  private static final Set<Integer> NOBODY = Set.of(204, 404);

  private static final Pattern WEB = Pattern.compile("https?://[!-~]+");
  private static final Pattern PLACE = Pattern.compile("\\{(origin|/[^}]*)}");
  private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/?#]+");
  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

  private final Template template;
  private final String origin;
  private final Map<String, ExtensionNumber> operators;

  AnswerReading(Template template, Config.OutsideCrm config) {
    this.template = template;
    Matcher found = ORIGIN.matcher(config.url());
    this.origin = found.lookingAt() ? found.group() : "";
    this.operators = operators(config);
  }

  /// `17=101`: who is 17 there has extension 101.
  private static Map<String, ExtensionNumber> operators(Config.OutsideCrm config) {
    Map<String, ExtensionNumber> operators = new HashMap<>();
    for (String pair : config.operators()) {
      int equals = pair.lastIndexOf('=');
      operators.put(pair.substring(0, equals), new ExtensionNumber(pair.substring(equals + 1)));
    }
    return Map.copyOf(operators);
  }

  /// Whom it says to have the number; empty: nobody.
  ///
  /// @throws UnusableAnswer if it says neither
  Optional<OutsideContact> read(int status, String body, PhoneNumber number) {
    if (NOBODY.contains(status)) {
      return Optional.empty();
    }
    if (status / 100 != 2) {
      throw new UnusableAnswer("status " + status);
    }
    JsonNode found = tree(body).at(template.contact());
    return (found.isArray() ? StreamSupport.stream(found.spliterator(), false) : Stream.of(found))
        .limit(MAX_CONTACTS)
        .filter(JsonNode::isObject)
        .filter(contact -> !template.showsNumbers() || hasNumber(contact, number))
        .flatMap(contact -> contact(contact).stream())
        .findFirst();
  }

  /// Empty without a name that can be shown.
  private Optional<OutsideContact> contact(JsonNode contact) {
    String name = Printable.visible(text(contact, template.name())).strip();
    return Printable.isSeen(name)
        ? Optional.of(
            new OutsideContact(
                cut(Printable.of(text(contact, template.id())), MAX_ID),
                cut(Printable.of(name), MAX_NAME),
                link(contact),
                responsible(contact)))
        : Optional.empty();
  }

  private static JsonNode tree(String body) {
    try {
      JsonNode tree = Json.mapper().readTree(body);
      if (!tree.isContainerNode()) {
        throw new UnusableAnswer("no JSON object or list");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new UnusableAnswer("no JSON");
    }
  }

  private static String text(JsonNode contact, String pointer) {
    JsonNode value = contact.at(pointer);
    return value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
  }

  private static String cut(String text, int most) {
    int count = Math.min(most, text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, count));
  }

  private Optional<String> link(JsonNode contact) {
    String link =
        template.link().startsWith("/")
            ? text(contact, template.link())
            : PLACE
                .matcher(template.link())
                .replaceAll(place -> Matcher.quoteReplacement(part(contact, place.group(1))));
    return Optional.of(link)
        .filter(text -> text.length() <= MAX_LINK && WEB.matcher(text).matches());
  }

  /// Types of contacts are in small letters in addresses, and ids are digits.
  private String part(JsonNode contact, String place) {
    return place.equals("origin")
        ? origin
        : Filled.percent(text(contact, place).toLowerCase(Locale.ROOT));
  }

  private Optional<ExtensionNumber> responsible(JsonNode contact) {
    String who = text(contact, template.responsible()).strip();
    return Optional.ofNullable(operators.get(who))
        .or(() ->
            Optional.of(who)
                .filter(text -> template.namesExtensions() && ExtensionNumber.isValid(text))
                .map(ExtensionNumber::new));
  }

  private static boolean hasNumber(JsonNode node, PhoneNumber number) {
    if (node.isContainerNode()) {
      for (JsonNode child : node) {
        if (hasNumber(child, number)) {
          return true;
        }
      }
      return false;
    }
    String digits = NO_DIGIT.matcher(node.asText()).replaceAll("");
    String e164 = number.e164();
    return digits.endsWith(e164.substring(Math.max(1, e164.length() - SAME_DIGITS)));
  }
}
