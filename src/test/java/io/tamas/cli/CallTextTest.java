package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTextTest {
  private final CallText text = new CallText(ZoneOffset.UTC);

  @Test
  void anEventOfACallShowsTimeTypeAndParties() {
    assertEquals(
        "08:30:01.250  call.answered       +989121234567 \"Sara\" -> +982191001000"
            + " extension:101 ANSWERED",
        text.event(
            json(
                """
                {"id": 7, "type": "call.answered", "subject": "c-1.1", "at": "2026-05-01T08:30:01.25Z",
                 "data": {"caller": "+989121234567", "callerName": "Sara", "requested": "+982191001000",
                          "destination": "extension:101", "status": "ANSWERED"}}
                """)));
  }

  @Test
  void anEventOfAnythingElseShowsItsSubject() {
    assertEquals(
        "08:30:01.000  company.changed     12",
        text.event(
            json(
                """
                {"id": 8, "type": "company.changed", "subject": "12", "at": "2026-05-01T08:30:01Z", "data": {}}
                """)));
  }

  @Test
  void aRecordShowsOnlyWhatIsKnown() {
    List<String> lines =
        text.call(
            json(
                """
                {"id": "c-1.1", "status": "ANSWERED", "talk": "PT3.2S", "ring": "PT1S",
                 "startedAt": "2026-05-01T08:30:01Z",
                 "legs": [{"party": "101", "result": "answered"}, {"party": "102", "result": "busy", "cause": 17}],
                 "recordingFile": {"id": "r", "state": "ready", "duration": "PT3S", "bytes": 48044},
                 "messages": [{"recording": "m", "mailbox": "102", "duration": "PT7S"}],
                 "decisions": [{"trace": {"steps": [{"rule": "main", "outcome": "matches"}]}}]}
                """));
    assertEquals(
        List.of(
            "  id           c-1.1",
            "  status       ANSWERED",
            "  startedAt    08:30:01.000",
            "  ring         1s",
            "  talk         3.2s",
            "  recording    r  ready  3s  48044 bytes",
            "  message      m  for 102  7s",
            "  leg          101  answered",
            "  leg          102  busy (cause 17)",
            "  why          main: matches"),
        lines);
  }

  @Test
  void numbersOfOneCallEndAlike() {
    assertTrue(CallWatch.sameEnd("+982191001000", "02191001000"));
    assertTrue(CallWatch.sameEnd("101", "101"));
    assertTrue(CallWatch.sameEnd("anonymous", "anonymous"));
    assertFalse(CallWatch.sameEnd("+982191001001", "02191001000"));
    assertFalse(CallWatch.sameEnd("anonymous", "02191001000"));
  }

  private static JsonNode json(String text) {
    return Json.read(text, JsonNode.class);
  }
}
