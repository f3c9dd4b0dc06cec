package io.tamas.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.lab.FreePorts;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.work.Delivery;
import io.tamas.work.Delivery.Later;
import io.tamas.work.Delivery.Refused;
import io.tamas.work.Delivery.Sent;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts to a real HTTP server, and to such as are away, slow, endless or refuse.
class HttpSmsGatewayIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Sms SMS = new Sms("7", "+989121234567", "سلام & خوش آمدید");
  private static final String FORM = "to={digits}&from={from}&text={text}&id={id}";

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void aTextArrivesAsAForm() throws Exception {
    try (SmsPanel panel = new SmsPanel(200, "ok")) {
      assertInstanceOf(Sent.class, send(panel.url(), FORM, "form", ""));
      SmsPanel.Asked asked = panel.asked().getFirst();
      assertEquals("POST /s3cret/send", asked.line());
      assertEquals("application/x-www-form-urlencoded; charset=utf-8", asked.type());
      assertEquals(
          List.of("989121234567", "3000", "سلام & خوش آمدید", "7"),
          List.of(asked.field("to"), asked.field("from"), asked.field("text"), asked.field("id")));
    }
  }

  @Test
  void orInTheAddressOrAsJson() throws Exception {
    try (SmsPanel panel = new SmsPanel(202, "")) {
      assertInstanceOf(Sent.class, send(panel.url() + "?text={text}", "", "form", ""));
      assertInstanceOf(Sent.class, send(panel.url(), "{\"text\":\"{text}\"}", "json", ""));
      assertTrue(panel.asked().getFirst().line().startsWith("GET /s3cret/send?text=%D8%B3"));
      assertEquals("{\"text\":\"سلام & خوش آمدید\"}", panel.asked().getLast().body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, {\"status\":0}, '', SENT",
    "200, status 0 done, status 0, SENT",
    "200, status 9 no credit, status 0, LATER",
    "400, no such number, '', REFUSED",
    "422, no such number, '', REFUSED",
    "401, who are you, '', LATER",
    "402, no credit, '', LATER",
    "404, '', '', LATER",
    "429, slowly, '', LATER",
    "500, '', '', LATER",
    "302, '', '', LATER",
  })
  void thePanelsWordDecides(int status, String body, String accepted, String expected)
      throws Exception {
    try (SmsPanel panel = new SmsPanel(status, body)) {
      Delivery told = send(panel.url(), FORM, "form", accepted);
      assertEquals(expected.equals("SENT"), told instanceof Sent, told.toString());
      assertEquals(expected.equals("REFUSED"), told instanceof Refused, told.toString());
      assertEquals(expected.equals("LATER"), told instanceof Later, told.toString());
      assertFalse(told.toString().contains("s3cret"), told.toString());
    }
  }

  @Test
  void anAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
    try (SmsPanel panel = new SmsPanel(200, "x".repeat(10 << 20))) {
      assertInstanceOf(Later.class, send(panel.url(), FORM, "form", "done"));
      assertInstanceOf(Sent.class, send(panel.url(), FORM, "form", "xxx"));
    }
  }

  @Test
  void aPanelThatSaysNothingIsNotWaitedForLong() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Delivery told = send("http://127.0.0.1:" + silent.getLocalPort() + "/", FORM, "form", "");
      assertInstanceOf(Later.class, told);
    }
  }

  @Test
  void aPanelThatIsAwayIsTriedLater() {
    Delivery told = send("http://127.0.0.1:" + FreePorts.take() + "/{key}", FORM, "form", "");
    assertInstanceOf(Later.class, told);
    assertFalse(told.toString().contains("s3cret"), told.toString());
  }

  private static Delivery send(String url, String body, String format, String accepted) {
    Config.Sms config =
        new Config.Sms(
            url,
            Optional.of(new Secret("s3cret")),
            "3000",
            body,
            format,
            accepted,
            Duration.ofSeconds(2),
            "UTC");
    OutboundClient client =
        new OutboundClient(
            VERTX,
            SmsAddress.allowed(
                config, new Config.Outbound(List.of(), List.of(443), Optional.empty())),
            Resolver.ofMachine(VERTX, 2),
            config.timeout(),
            2);
    try (HttpSmsGateway gateway = new HttpSmsGateway(client, config)) {
      return gateway.send(SMS);
    }
  }
}
