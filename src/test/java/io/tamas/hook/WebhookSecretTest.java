package io.tamas.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

  /// The example that the libraries of Standard Webhooks test themselves with.
  @Test
  void signsAsStandardWebhooksDoes() {
    String base64 = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    WebhookSecret secret = new WebhookSecret(Base64.getDecoder().decode(base64));
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"));
    assertEquals("whsec_" + base64, secret.text());
  }

  @Test
  void isRandomLongAndNotPrinted() {
    WebhookSecret one = WebhookSecret.random(new SecureRandom());
    assertEquals(32, one.key().length);
    assertNotEquals(one.text(), WebhookSecret.random(new SecureRandom()).text());
    assertEquals("****", one.toString());
  }
}
