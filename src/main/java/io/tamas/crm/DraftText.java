package io.tamas.crm;

import io.tamas.text.Printable;
import io.tamas.web.Problem.Fault;
import java.util.List;

/// The rules of the texts that clients send. Pure.
public final class DraftText {
  private static final String CONTROLS = "must not contain control characters";

  private DraftText() {}

  /// A text on one line that shows something.
  public static void seen(String pointer, String text, List<Fault> faults) {
    printable(pointer, text, faults);
    visible(pointer, text, faults);
  }

  /// A text on one line, which may be empty.
  public static void printable(String pointer, String text, List<Fault> faults) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      faults.add(new Fault(pointer, CONTROLS));
    }
  }

  /// The text with lines that end as in Unix; it shows something.
  public static String lines(String pointer, String text, List<Fault> faults) {
    String lines = text.replace("\r\n", "\n").strip();
    if (lines.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      faults.add(new Fault(pointer, CONTROLS + " but line breaks and tabs"));
    }
    visible(pointer, lines, faults);
    return lines;
  }

  private static void visible(String pointer, String text, List<Fault> faults) {
    if (text.isBlank()) {
      faults.add(new Fault(pointer, "must not be blank"));
    } else if (!Printable.isSeen(text)) {
      faults.add(new Fault(pointer, "must have a visible character"));
    }
  }
}
