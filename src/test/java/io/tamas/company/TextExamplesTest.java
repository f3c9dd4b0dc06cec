package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextExamplesTest {
  private final List<String> without = new ArrayList<>();
  private final Set<Class<?>> seen = new LinkedHashSet<>();

  @Test
  void everyFieldOfTextHasAnExample() {
    for (PartKind kind : PartKind.values()) {
      visit(kind.type());
    }
    assertEquals(List.of(), without);
  }

  private void visit(Class<?> type) {
    if (type.isRecord() && seen.add(type) && ValueForms.OF_JSON.of(type).isEmpty()) {
      for (RecordComponent field : type.getRecordComponents()) {
        visit(type, field.getName(), field.getGenericType());
      }
    }
  }

  private void visit(Class<?> type, String field, Type value) {
    if (value instanceof ParameterizedType generic) {
      visit(
          type,
          field,
          generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
    } else if (value == String.class
        && !type.getSimpleName().equals("NumberingPlan")
        && TextExamples.of(type, field).isEmpty()) {
      without.add(type.getSimpleName() + "." + field);
    } else if (value instanceof Class<?> plain) {
      visit(plain);
    }
  }
}
