package io.tamas.call.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamas.asterisk.agi.Variable;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiRequest;
import org.jspecify.annotations.Nullable;

/// How much of a decision note goes into one line of the journal (`dialplan/note.conf`).
///
/// Asterisk truncates a line at 1,023 bytes. The caller's number and name, as they come from
/// outside, take up to 700 of them; what is left besides is never less than 300. With a caller as
/// most are, nearly every note fits into one line, and one line less is written, read and stored
/// for the call.
final class JournalRoom {
  /// Characters of a note beside any caller.
  static final int LEAST = 300;

  /// And beside one that takes up to [#SHORT] bytes. What else is in the line takes at most 437:
  /// channels of up to 80 bytes, ids of up to 60.
  static final int MOST = 480;

  static final int SHORT = 100;

  private JournalRoom() {}

  /// @param answer which may set the caller that the line will have
  static Variable of(AgiRequest request, List<Variable> answer) {
    int caller =
        length(last(answer, "CALLERID(num)"), request.getCallerIdNumber())
            + length(last(answer, "CALLERID(name)"), request.getCallerIdName());
    return new Variable("TAMAS_ROOM", Integer.toString(caller <= SHORT ? MOST : LEAST));
  }

  private static Optional<String> last(List<Variable> answer, String name) {
    return answer.stream()
        .filter(variable -> variable.name().equals(name))
        .map(Variable::value)
        .reduce((_, last) -> last);
  }

  /// In bytes; quotes are doubled.
  private static int length(Optional<String> set, @Nullable String sent) {
    String text = set.or(() -> Optional.ofNullable(sent)).orElse("");
    return text.replace("\"", "\"\"").getBytes(UTF_8).length;
  }
}
