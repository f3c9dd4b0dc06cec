package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.number.NumberingPlan;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The annotated company of `company.md`: what people copy can be applied, and no field is missing.
class CompanyExampleTest {
  @Test
  void theExampleOfTheDocumentIsValidAndWithoutWarning() throws IOException {
    CompanyYaml.Read read = CompanyYaml.read(example());
    Valid valid = assertInstanceOf(Valid.class, read, read::toString);
    assertEquals(List.of(), valid.warnings());
  }

  @Test
  void theExampleHasEveryFieldOfEveryKindOfPart() throws IOException {
    YamlTree.Outcome read = YamlTree.read(example());
    JsonNode root = assertInstanceOf(YamlTree.Outcome.Good.class, read).tree().root();
    Set<String> fields = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    for (PartKind kind : PartKind.values()) {
      all(kind.type(), fields);
      JsonNode given = root.path(kind.plural());
      (kind.isSingle() ? List.of(given) : given).forEach(part -> of(kind.type(), part, written));
    }
    assertEquals(fields, written);
  }

  private static String example() throws IOException {
    String document = Files.readString(Path.of("src/main/docs/company.md"));
    String section = document.split("\n## A whole company\n", 2)[1];
    return section.split("```yaml\n", 2)[1].split("```", 2)[0];
  }

  private static void all(Class<?> type, Set<String> found) {
    for (RecordComponent component : type.getRecordComponents()) {
      found.add(name(type, component));
      Class<?> inside = inside(component.getGenericType());
      if (hasFields(inside)) {
        all(inside, found);
      }
    }
  }

  private static void of(Class<?> type, JsonNode value, Set<String> found) {
    for (RecordComponent component : type.getRecordComponents()) {
      JsonNode given = value.path(component.getName());
      if (!given.isMissingNode()) {
        found.add(name(type, component));
        Class<?> inside = inside(component.getGenericType());
        if (hasFields(inside)) {
          List<JsonNode> all = new ArrayList<>();
          (given.isArray() ? given : List.of(given)).forEach(all::add);
          all.forEach(one -> of(inside, one, found));
        }
      }
    }
  }

  private static String name(Class<?> type, RecordComponent component) {
    return type.getSimpleName() + "." + component.getName();
  }

  /// Of a list or an optional value what is in it.
  private static Class<?> inside(Type type) {
    return type instanceof ParameterizedType generic
        ? inside(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1])
        : (Class<?>) type;
  }

  private static boolean hasFields(Class<?> type) {
    return type.isRecord()
        && (type == NumberingPlan.class || type.getPackage() == Company.class.getPackage());
  }
}
