package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrittenNamesTest {
  private static final String FAULT = "--srtp must be off, optional or required: yes";

  @Test
  void aValueOfTheEnvironmentIsToldByItsVariable() {
    Map<String, String> environment = Map.of("TAMAS_MEDIA_SRTP", "yes");
    assertEquals(
        "TAMAS_MEDIA_SRTP must be off, optional or required: yes",
        WrittenNames.in(FAULT, _ -> false, environment));
    assertEquals(
        "TAMAS_LOCAL_NETS needs TAMAS_EXTERNAL_ADDRESS",
        WrittenNames.in(
            "--local-net needs --external-address",
            _ -> false,
            Map.of("TAMAS_LOCAL_NETS", "10.0.0.0/8")));
    assertEquals(
        "TAMAS_SIP_TLS_PORT must be 1 to 65535: 0",
        WrittenNames.in(
            "--sip-tls-port must be 1 to 65535: 0", _ -> false, Map.of("TAMAS_SIP_TLS_PORT", "0")));
  }

  @Test
  void aValueOfTheCommandLineOrOfAnEarlierStartIsToldByItsOption() {
    assertEquals(
        FAULT,
        WrittenNames.in(FAULT, Set.of("--srtp")::contains, Map.of("TAMAS_MEDIA_SRTP", "off")));
    assertEquals(FAULT, WrittenNames.in(FAULT, _ -> false, Map.of("TAMAS_MEDIA_SRTP", " ")));
  }
}
