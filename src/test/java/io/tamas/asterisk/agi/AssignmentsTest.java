package io.tamas.asterisk.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentsTest {
  @Test
  void whatIsPlainIsSetAtOnceAndInOrder() {
    assertEquals(
        List.of(
            "SET VARIABLE CALLERID(name) \"علی\"",
            "EXEC MSet \"A=PJSIP/1&PJSIP/2,B=,C=a-b_c,D=b/+98*#/1/0|x:y@z\""),
        texts(
            new Variable("CALLERID(name)", "علی"),
            new Variable("A", "PJSIP/1&PJSIP/2"),
            new Variable("B", ""),
            new Variable("C", "a-b_c"),
            new Variable("D", "b/+98*#/1/0|x:y@z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a\"b", "(a", "a b", "a\\", "[a]", "${A}", "a=b", "ی", "'a'"})
  void whatIsNotPlainIsSetAlone(String value) {
    List<String> texts =
        texts(new Variable("A", "1"), new Variable("B", value), new Variable("C", "3"));
    assertEquals(
        List.of(
            "EXEC MSet \"A=1\"", "SET VARIABLE B " + Command.quoted(value), "EXEC MSet \"C=3\""),
        texts);
  }

  @Test
  void aFunctionIsSetAlone() {
    assertEquals(
        List.of("SET VARIABLE CALLERID(name) \"x\""), texts(new Variable("CALLERID(name)", "x")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 23, 24, 25, 48, 49})
  void asManyPairsAsMSetReadsGoIntoOneCommand(int count) {
    List<Variable> variables =
        IntStream.range(0, count).mapToObj(n -> new Variable("V" + n, "x")).toList();
    assertEquals((count + 23) / 24, Assignments.of(variables).size());
  }

  @Test
  void noCommandIsLongerThanAsterisksBuffer() {
    for (int length = 1_990; length < 2_020; length++) {
      List<Command> commands =
          Assignments.of(List.of(new Variable("A", "x".repeat(length)), new Variable("B", "1")));
      for (Command command : commands) {
        assertTrue(command.line().length <= 2_047, command.line().length + " bytes");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200 result=1, true",
    "200 result=0, true",
    "200 result=-1, false",
    "200 result=-2, false",
    "511 dead, false"
  })
  void asteriskReportsWhetherItExecutedTheCommand(String line, boolean done) {
    assertEquals(done, Assignments.done(new Reply(List.of(line))));
  }

  private static List<String> texts(Variable... variables) {
    return Assignments.of(List.of(variables)).stream().map(Command::text).toList();
  }
}
