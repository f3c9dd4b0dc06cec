package io.tamas.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final Viewer OTHER = new Viewer("other", Optional.empty(), Set.of());

  @Test
  void cursorSaysWhereAndAsWhom() {
    Resume resume = Resume.parse(Resume.cursor(17, Viewer.ALL));
    assertEquals(17, resume.after());
    assertTrue(resume.isOf(Viewer.ALL));
    assertFalse(resume.isOf(OTHER));
  }

  @Test
  void idOfAnEarlierVersionSaysWhere() {
    Resume resume = Resume.parse("17");
    assertEquals(17, resume.after());
    assertTrue(resume.isOf(Viewer.ALL));
    assertTrue(resume.isOf(OTHER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "۱۷", "9999999999999999999", "abc", "%00", "ZXZlbnRz"})
  void anythingElseIsRefused(String text) {
    refused(text);
  }

  @Test
  void cursorOfAnotherListOrThatWasChangedIsRefused() {
    refused(Cursor.of("calls", 17, "all").text());
    refused(Cursor.of("events", "-17", "all").text());
    refused(Cursor.of("events", "x", "all").text());
    refused(Cursor.of("events", 17).text());
    refused(Resume.cursor(17, Viewer.ALL) + "=");
    refused("9".repeat(3_000));
  }

  private static void refused(String text) {
    Problem problem = assertThrows(Problem.class, () -> Resume.parse(text));
    assertEquals(400, problem.status());
    assertEquals(
        List.of("query:after"), problem.faults().stream().map(Problem.Fault::pointer).toList());
  }
}
