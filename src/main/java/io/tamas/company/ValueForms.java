package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tamas.calendar.CalendarDay;
import io.tamas.calendar.TimeZones;
import io.tamas.config.Nearest;
import io.tamas.json.Json;
import io.tamas.json.WrittenInstant;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the values of a part are written, by their type; a value that is not is told with what it
/// should be and an example, made of what was given where that can be guessed. Pure.
enum ValueForms {
  /// Of YAML: all plain values are texts.
  OF_YAML,
  /// Of JSON, with its own numbers and booleans.
  OF_JSON;

  /// As in `openapi.yaml`: no sign, and no fraction but of seconds.
  private static final Pattern DURATION =
      Pattern.compile("P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?");

  private static final int MAX_SHOWN = 40;

  private static final Form INTEGER =
      new Form("a whole number", "5", text -> text.matches("-?[0-9]{1,9}"));
  private static final Form BOOLEAN =
      new Form("true or false", "true", text -> text.matches("true|false"), _ -> "true or false");

  private static final Map<Object, Form> FORMS =
      Map.ofEntries(
          Map.entry(int.class, INTEGER),
          Map.entry(Integer.class, INTEGER),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(
              Duration.class,
              such("a duration of ISO 8601", "PT25S", ValueForms::isDuration, Guesses::duration)),
          Map.entry(
              LocalTime.class, new Form("a time", "08:30", Guesses::isTime, Guesses::wantedTime)),
          Map.entry(
              Instant.class,
              new Form(
                  "an instant",
                  "2026-12-01T05:30:00+03:30",
                  WrittenInstant::isValid,
                  WrittenInstant::wanted)),
          Map.entry(
              ZoneId.class,
              such(
                  "a time zone of the IANA database",
                  "Asia/Tehran",
                  TimeZones::isName,
                  TimeZones::near)),
          Map.entry(
              ExtensionNumber.class,
              such(
                  "an extension number of 1 to 8 digits",
                  "101",
                  ExtensionNumber::isValid,
                  Guesses::extension)),
          Map.entry(
              Destination.class,
              new Form(
                  "a destination",
                  "extension:101",
                  ValueForms::isDestination,
                  Guesses::wantedDestination)),
          Map.entry(
              CalendarDay.class,
              new Form(
                  "a day",
                  "2026-03-21",
                  ValueForms::isDay,
                  _ ->
                      "a day that exists such as \"2026-03-21\" or \"1405-01-01\", or each year's \"*-03-21\" or \"jalali:*-01-01\"")),
          Map.entry(
              "plan.country",
              such(
                  "a country of ISO 3166 in two capital letters",
                  "IR",
                  text -> NumberingPlan.isValid(text, ""),
                  _ -> "IR")),
          Map.entry(
              "plan.areaCode",
              such(
                  "an area code of at most 6 digits",
                  "21",
                  text -> NumberingPlan.isValid("IR", text),
                  _ -> "21")));

  /// @param example as it is written in a document
  /// @param told what is wanted, as the object of `must be`, by what was given
  record Form(String kind, String example, Predicate<String> accepts, UnaryOperator<String> told) {
    Form(String kind, String example, Predicate<String> accepts) {
      this(kind, example, accepts, _ -> kind + " such as " + example);
    }

    String wanted(String given) {
      return told.apply(given);
    }
  }

  /// A form whose example is made of what was given.
  private static Form such(
      String kind, String example, Predicate<String> accepts, UnaryOperator<String> guess) {
    return new Form(
        kind, example, accepts, given -> kind + " such as " + quoted(guess.apply(given)));
  }

  /// @param kind a class, or the name of a field with a form of its own
  Optional<Form> of(Object kind) {
    return kind instanceof Class<?> type && type.isEnum()
        ? Optional.of(
            choice(Stream.of(type.getEnumConstants()).map(one -> Json.tree(one).asText()).toList()))
        : Optional.ofNullable(FORMS.get(kind));
  }

  /// The form of a text in a field of this name.
  Form ofText(Class<?> type, String field) {
    return TextExamples.of(type, field)
        .map(example -> such("a text", example, _ -> true, _ -> example))
        .orElseGet(() -> new Form("a text", "", _ -> true, _ -> "a text"));
  }

  private static Form choice(List<String> names) {
    String all = names.stream().map(ValueForms::quoted).collect(Collectors.joining(", "));
    return new Form(
        "a choice",
        names.getFirst(),
        names::contains,
        given ->
            "one of "
                + all
                + Guesses.choice(given, names).map(near -> ", such as " + quoted(near)).orElse(""));
  }

  /// The example of a form, as a document has it.
  String written(Form form) {
    return form == INTEGER || form == BOOLEAN ? form.example() : quoted(form.example());
  }

  /// What is wrong with a value.
  Optional<String> fault(Form form, JsonNode given) {
    return given.isValueNode() && isTyped(form, given) && form.accepts().test(given.asText())
        ? Optional.empty()
        : Optional.of(
            "must be " + form.wanted(given.asText()) + typeRule(form, given) + not(given));
  }

  private boolean isTyped(Form form, JsonNode given) {
    if (this == OF_YAML) {
      return !given.isNull();
    }
    if (form == INTEGER) {
      return given.isIntegralNumber();
    }
    return form == BOOLEAN ? given.isBoolean() : given.isTextual();
  }

  /// Digits are texts in JSON too.
  private String typeRule(Form form, JsonNode given) {
    return given.isNumber() && form != INTEGER && form != BOOLEAN ? ", in quotes" : "";
  }

  /// Ends a rule with what was given.
  static String not(JsonNode given) {
    if (given.isContainerNode()) {
      return given.isArray() ? ", not a list" : ", not fields";
    }
    return ", not " + (given.isTextual() ? quoted(given.asText()) : given.asText());
  }

  /// Ends a rule with the known name that was probably meant, or any, and with what was given.
  static String near(String given, Collection<?> known) {
    List<String> names = known.stream().map(String::valueOf).sorted().toList();
    return Nearest.to(given, names)
            .filter(_ -> given.length() > 3)
            .or(() -> names.stream().findFirst())
            .map(near -> " such as " + quoted(near))
            .orElse("")
        + ", not "
        + quoted(given);
  }

  /// As JSON writes it, and not the whole of a long text.
  static String quoted(String text) {
    String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return TextNode.valueOf(shown.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?")).toString();
  }

  /// Its letters are large, as the standard and the other doors have them.
  static boolean isDuration(String text) {
    return DURATION.matcher(text).matches() && reads(() -> Duration.parse(text));
  }

  private static boolean isDay(String text) {
    return reads(() -> CalendarDay.parse(text));
  }

  /// An external number is read by the plans of the company.
  private static boolean isDestination(String text) {
    return text.startsWith("number:") || reads(() -> Destination.parse(text));
  }

  private static boolean reads(Runnable reader) {
    try {
      reader.run();
      return true;
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }
}
