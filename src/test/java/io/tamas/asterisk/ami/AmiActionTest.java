package io.tamas.asterisk.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmiActionTest {
  private static final String CHANNEL = "PJSIP/trunk-demo-0000001a";

  @Test
  void fieldsAreWrittenInTheirOrder() {
    AmiAction redirect = AmiAction.redirectBoth(CHANNEL, "s", "PJSIP/101-1", "102", "hold");
    assertEquals("Redirect", redirect.name());
    assertEquals(
        List.of(
            "Channel=" + CHANNEL,
            "Context=hold",
            "Exten=s",
            "Priority=1",
            "ExtraChannel=PJSIP/101-1",
            "ExtraContext=hold",
            "ExtraExten=102",
            "ExtraPriority=1"),
        new RawAction(redirect).getAttributes().entrySet().stream().map(Object::toString).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PJSIP/1\r\nAction: Command",
        "PJSIP/1\nX: y",
        "PJSIP/1\0",
        "PJSIP/1,b(x)",
        "PJSIP/1&PJSIP/2",
        "${SHELL(id)}",
        " ",
      })
  void nothingOfAnArgumentBecomesSyntax(String hostile) {
    List<Function<String, AmiAction>> ways =
        List.of(
            AmiAction::stopRecording,
            text -> AmiAction.attendedTransfer(CHANNEL, "from-phone", text),
            text -> AmiAction.attendedTransfer(CHANNEL, text, "102"),
            text -> AmiAction.record(CHANNEL, "/instance/" + text),
            text -> AmiAction.redirect(CHANNEL, "hold", text),
            text -> AmiAction.databasePut("tamas", text, "1"));
    for (Function<String, AmiAction> way : ways) {
      assertThrows(IllegalArgumentException.class, () -> way.apply(hostile));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\r\nAction: Command\r\nCommand: core stop now", "\0"})
  void freeTextEndsNoLine(String hostile) {
    assertThrows(
        IllegalArgumentException.class,
        () -> AmiAction.databasePut("tamas-emergency", "110", hostile));
    assertThrows(
        IllegalArgumentException.class, () -> new AmiAction("Any", Map.of("Key", hostile)));
  }

  @Test
  void lineThatAsteriskCannotReadIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> AmiAction.databasePut("tamas", "key", "x".repeat(1_000)));
  }
}
