package io.tamas.asterisk.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AriMessageTest {

  @Test
  void readsAnAnswer() {
    assertEquals(
        new AriMessage.Answer("7", new AriResponse(404, "{\"message\":\"no\"}")),
        AriMessage.parse(
            """
            {"type":"RESTResponse","transaction_id":"","request_id":"7","status_code":404,
             "reason_phrase":"Not Found","uri":"x","message_body":"{\\"message\\":\\"no\\"}"}\
            """));
  }

  @Test
  void readsADeviceStateWithItsTime() {
    assertEquals(
        new AriMessage.Used(
            new AriEvent.DeviceState(
                Instant.parse("2026-11-21T01:54:37.651Z"), "PJSIP/201", "NOT_INUSE")),
        AriMessage.parse(
            """
            {"type":"DeviceStateChanged","timestamp":"2026-11-21T03:54:37.651+0200",
             "device_state":{"name":"PJSIP/201","state":"NOT_INUSE"}}\
            """));
  }

  @Test
  void leavesWhatNobodyUses() {
    assertEquals(
        new AriMessage.Unused("ChannelDestroyed"),
        AriMessage.parse(
            """
            {"type":"ChannelDestroyed","timestamp":"2026-11-21T01:54:08.551+0000",
             "channel":{"id":"cell-1.0","name":"PJSIP/201-0","caller":{"name":"\\"},{\\""}}}\
            """));
  }

  @Test
  void requestCarriesItsQueryAndItsBodyAsText() {
    assertEquals(
        "{\"type\":\"RESTRequest\",\"transaction_id\":\"3\",\"request_id\":\"3\","
            + "\"method\":\"PUT\",\"uri\":\"a/b\","
            + "\"query_strings\":[{\"name\":\"q\",\"value\":\"1\"}],"
            + "\"content_type\":\"application/json\",\"message_body\":\"[\\\"é\\\"]\"}",
        new AriRequest(AriRequest.Method.PUT, "a/b", Map.of("q", "1"), Optional.of(List.of("é")))
            .message("3"));
  }

  @Test
  void requestHasNoLeadingSlash() {
    assertThrows(IllegalArgumentException.class, () -> AriRequest.get("/channels"));
  }
}
