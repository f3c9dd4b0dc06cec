package io.tamas.company;

import static io.tamas.company.ValueForms.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.PartReader.Read.Field;
import io.tamas.company.ValueForms.Form;
import io.tamas.config.Nearest;
import io.tamas.number.NumberingPlan;
import io.tamas.text.Printable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Compares a part as it was written with the fields of its kind: what is unknown, missing or of
/// another form is told with what was given, what is wanted, and an example. Pure.
final class PartShape {
  /// Enough to see what is wrong with one part.
  private static final int MAX_FAULTS = 20;

  /// Cached, since the virtual machine creates them anew on each request.
  private static final ClassValue<List<RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return List.of(type.getRecordComponents());
        }
      };

  private final ValueForms forms;
  private final List<Field> faults = new ArrayList<>();

  private PartShape(ValueForms forms) {
    this.forms = forms;
  }

  /// @param forms of the values in the document
  static List<Field> faults(PartKind kind, JsonNode body, ValueForms forms) {
    PartShape shape = new PartShape(forms);
    shape.fields("", kind.type(), body);
    return shape.faults;
  }

  private void fields(String pointer, Class<?> type, JsonNode body) {
    if (!body.isObject()) {
      add(pointer, "must be fields and their values such as " + example(type) + not(body));
      return;
    }
    List<RecordComponent> components = COMPONENTS.get(type);
    List<String> known = components.stream().map(RecordComponent::getName).toList();
    each(
        body,
        pointer,
        (name, inside) -> {
          if (!known.contains(name)) {
            add(inside, unknown(name, known));
          }
        });
    for (RecordComponent component : components) {
      String inside = pointer + "/" + component.getName();
      JsonNode given = body.path(component.getName());
      if (!given.isMissingNode() && !given.isNull()) {
        value(inside, type, component, given);
      } else if (isRequired(component.getType())) {
        add(
            inside,
            "is required"
                + form(formOf(type, component), text(type, component))
                    .map(form -> ": " + form.wanted(""))
                    .orElse(""));
      }
    }
  }

  /// The names, and which one was probably meant.
  static String unknown(String name, List<String> known) {
    int colon = name.indexOf(':');
    if (colon > 0 && known.contains(name.substring(0, colon))) {
      return "is not known: a space must follow the colon, as in "
          + name.substring(0, colon)
          + ": "
          + name.substring(colon + 1);
    }
    OptionalInt unseen =
        name.codePoints().filter(c -> c != ' ' && !Printable.isSeen(c)).findFirst();
    return "is not known; "
        + (unseen.isPresent()
            ? "it holds the character U+%04X, which is not seen; ".formatted(unseen.getAsInt())
            : "")
        + Nearest.to(name, known)
            .map(near -> "did you mean " + near + "? Known are ")
            .orElse("known are ")
        + String.join(", ", known);
  }

  private void value(String pointer, Class<?> of, RecordComponent component, JsonNode given) {
    Form text = text(of, component);
    if (of == NumberingPlan.class) {
      plain(pointer, formOf(of, component), given, text);
    } else {
      value(pointer, component.getGenericType(), given, text);
    }
  }

  private Form text(Class<?> of, RecordComponent component) {
    return forms.ofText(of, component.getName());
  }

  private Optional<Form> form(Object kind, Form text) {
    return kind == String.class ? Optional.of(text) : forms.of(kind);
  }

  /// One of its fields with a value; one that is required if there is any.
  private String example(Class<?> type) {
    return COMPONENTS.get(type).stream()
        .sorted(Comparator.comparing(component -> !isRequired(component.getType())))
        .flatMap(component ->
            form(formOf(type, component), text(type, component)).stream()
                .map(form -> example(component.getName(), form)))
        .findFirst()
        .orElse("{…}");
  }

  private String example(String key, Form form) {
    return "{" + ValueForms.quoted(key) + ": " + forms.written(form) + "}";
  }

  private static Object formOf(Class<?> of, RecordComponent component) {
    return of == NumberingPlan.class ? "plan." + component.getName() : component.getType();
  }

  /// @param text the form of a text there
  private void value(String pointer, Type type, JsonNode given, Form text) {
    if (type instanceof ParameterizedType generic) {
      Type[] inside = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        value(pointer, inside[0], given, text);
      } else if (generic.getRawType() == Map.class) {
        map(pointer, inside[1], given, text);
      } else {
        list(pointer, inside[0], given, text);
      }
    } else if (type instanceof Class<?> plain) {
      if (plain.isRecord() && forms.of(plain).isEmpty()) {
        fields(pointer, plain, given);
      } else {
        plain(pointer, plain, given, text);
      }
    }
  }

  private void list(String pointer, Type of, JsonNode given, Form text) {
    if (!given.isArray()) {
      String example = form(of, text).map(forms::written).orElseGet(() -> example((Class<?>) of));
      add(pointer, "must be a list such as [" + example + "]" + not(given));
    }
    for (int i = 0; given.isArray() && i < given.size(); i++) {
      value(pointer + "/" + i, of, given.get(i), text);
    }
  }

  private void map(String pointer, Type of, JsonNode given, Form text) {
    if (!given.isObject()) {
      String key = TextExamples.ofKey(pointer.substring(pointer.lastIndexOf('/') + 1));
      String example = form(of, text).map(form -> example(key, form)).orElse("{…}");
      add(pointer, "must be keys and their values such as " + example + not(given));
    }
    each(given, pointer, (name, inside) -> value(inside, of, given.path(name), text));
  }

  private void plain(String pointer, Object kind, JsonNode given, Form text) {
    form(kind, text)
        .flatMap(form -> forms.fault(form, given))
        .ifPresent(rule -> add(pointer, rule));
  }

  private static void each(JsonNode body, String pointer, BiConsumer<String, String> what) {
    body.properties()
        .forEach(
            entry -> what.accept(entry.getKey(), pointer + "/" + YamlTree.escaped(entry.getKey())));
  }

  private static boolean isRequired(Class<?> type) {
    return !type.isPrimitive()
        && Stream.of(Optional.class, List.class, Set.class, Map.class).noneMatch(type::equals);
  }

  private void add(String pointer, String rule) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(new Field(pointer, rule));
    }
  }
}
