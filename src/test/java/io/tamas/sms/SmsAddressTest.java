package io.tamas.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsAddressTest {
  private static final Config.Outbound OTHERS =
      new Config.Outbound(List.of("crm.example"), List.of(443), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.5:8080/send?to={to}&key={key}, '[crm.example, 10.0.0.5]', '[443, 8080]'",
    "https://panel.example.ir/{key}, '[crm.example, panel.example.ir]', [443]",
    "https://, [crm.example], [443]",
  })
  void theGatewayMayBeReachedWhereverItIs(String url, String allow, String ports) {
    Config.Sms sms =
        new Config.Sms(url, Optional.empty(), "", "", "form", "", Duration.ofSeconds(1), "UTC");
    Config.Outbound allowed = SmsAddress.allowed(sms, OTHERS);
    assertEquals(allow, allowed.allow().toString());
    assertEquals(ports, allowed.ports().toString());
  }
}
