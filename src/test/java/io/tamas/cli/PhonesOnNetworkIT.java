package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Codec;
import io.tamas.config.SipTransport;
import io.tamas.lab.DeskPhone;
import io.tamas.lab.Trust;
import io.tamas.ops.Port;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Phones that nobody here wrote, on another network than the machine: TLS, SRTP and codecs.
class PhonesOnNetworkIT {
  @TempDir private static Path folder;
  private static UpOnNetwork office;
  private static String up;

  @BeforeAll
  static void open() throws Exception {
    office = new UpOnNetwork(folder);
    up = office.up("--address", office.network.machine());
  }

  @AfterAll
  static void down() throws Exception {
    office.close();
  }

  @AfterEach
  void switchOff() {
    office.switchOff();
  }

  @Test
  void aPhoneByTlsTrustsTheAuthorityOfTheInstanceAndTalksEncryptedToOneByUdp() throws Exception {
    assertTrue(up.contains("To be trusted    " + office.data().resolve("tls/ca.pem")), up);
    DeskPhone tls =
        office.phone("102").encrypts().registers(office.password("102"), SipTransport.TLS);
    DeskPhone udp = office.phone("103").registers(office.password("103"), SipTransport.UDP);
    tls.sees("SIP/2.0/TLS " + office.network.phones());
    talk(tls, udp);
    tls.sees("RTP/SAVP");
  }

  @Test
  void aPhoneThatOffersSrtpGetsItWhenItIsCalled() throws Exception {
    DeskPhone called =
        office.phone("102").offersEncryption().registers(office.password("102"), SipTransport.TLS);
    DeskPhone caller = office.phone("103").registers(office.password("103"), SipTransport.UDP);
    talk(caller, called);
    called.sees("a=crypto:");
  }

  @Test
  void phonesOfDifferentCodecsHearEachOther() throws Exception {
    DeskPhone opus =
        office.phone("102").speaks(Codec.OPUS).registers(office.password("102"), SipTransport.UDP);
    DeskPhone g722 =
        office.phone("103").speaks(Codec.G722).registers(office.password("103"), SipTransport.UDP);
    talk(opus, g722);
    opus.sees("opus/48000/2").sees("audio decoder: opus");
    g722.sees("audio decoder: G722");
  }

  @Test
  void otherMachinesReachTheApiByTlsAndNotWithoutIt() throws Exception {
    String place = office.network.machine() + ":" + office.instance().port(Port.HTTPS);
    Path authority = office.instance().certificates().authority();
    try (HttpClient client = HttpClient.newBuilder().sslContext(Trust.in(authority)).build()) {
      HttpRequest.Builder calls =
          HttpRequest.newBuilder(URI.create("https://" + place + "/api/v1/calls"));
      assertEquals(401, status(client, calls.copy()));
      assertEquals(
          200, status(client, calls.header("Authorization", "Bearer " + office.apiKey().reveal())));
      var plain = HttpRequest.newBuilder(URI.create("http://" + place + "/api/v1/openapi.yaml"));
      assertThrows(IOException.class, () -> status(client, plain));
    }
  }

  @Test
  void otherMachinesReceiveEventsByTls() throws Exception {
    String place = office.network.machine() + ":" + office.instance().port(Port.HTTPS);
    Path authority = office.instance().certificates().authority();
    Vertx vertx = Vertx.vertx();
    var client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString())));
    var to =
        new WebSocketConnectOptions()
            .setAbsoluteURI("wss://" + place + "/api/v1/events")
            .addHeader("authorization", "Bearer " + office.apiKey().reveal());
    CompletableFuture<String> first = new CompletableFuture<>();
    try {
      ClientWebSocket socket = client.webSocket();
      socket.textMessageHandler(first::complete);
      socket.connect(to).onFailure(first::completeExceptionally);
      String snapshot = first.get(10, TimeUnit.SECONDS);
      assertTrue(snapshot.contains("\"snapshot\""), snapshot);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  private static int status(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static void talk(DeskPhone caller, DeskPhone called) {
    caller.calls(called);
    called.answers();
    caller.hears(called);
    called.hears(caller);
    caller.hangsUp();
  }
}
