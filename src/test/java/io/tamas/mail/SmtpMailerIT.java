package io.tamas.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.lab.FreePorts;
import io.tamas.work.Delivery;
import io.tamas.work.Delivery.Later;
import io.tamas.work.Delivery.Refused;
import io.tamas.work.Delivery.Sent;
import io.vertx.core.Vertx;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// E-mails to a real mail server, and to such as are away, slow or refuse.
class SmtpMailerIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Mail MAIL =
      new Mail("1", "zahra@example.ir", "پیام صوتی تازه", "سلام\n", Optional.empty());

  @TempDir private Path folder;

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void anEmailArrivesWithItsAttachment() throws Exception {
    Path sound = Files.write(folder.resolve("message.wav"), new byte[] {'R', 'I', 'F', 'F', 0, -1});
    GreenMail server = server();
    try {
      Mail mail = new Mail("1", MAIL.to(), MAIL.subject(), MAIL.text(), Optional.of(sound));
      assertInstanceOf(Sent.class, send(server.getSmtp().getPort(), "", mail));
      MimeMessage arrived = server.getReceivedMessages()[0];
      assertEquals("پیام صوتی تازه", arrived.getSubject());
      assertEquals("tamas@localhost", arrived.getFrom()[0].toString());
      assertEquals("<1@tamas>", arrived.getHeader("Message-ID", null));
      Multipart parts = (Multipart) arrived.getContent();
      assertEquals("سلام", parts.getBodyPart(0).getContent().toString().strip());
      assertEquals("message.wav", parts.getBodyPart(1).getFileName());
      assertArrayEquals(
          Files.readAllBytes(sound), parts.getBodyPart(1).getInputStream().readAllBytes());
    } finally {
      server.stop();
    }
  }

  @Test
  void whoSignsInWronglyTriesAgainLater() {
    GreenMail server = server();
    try {
      server.setUser("tamas@localhost", "tamas", "another password");
      Delivery outcome = send(server.getSmtp().getPort(), "tamas", MAIL);
      assertInstanceOf(Later.class, outcome);
      assertFalse(outcome.toString().contains("secret-of-mail"), outcome.toString());
      assertEquals(0, server.getReceivedMessages().length);
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 no such user, REFUSED",
    "451 4.3.0 come again,   LATER",
    "421 4.3.2 shutting down, LATER"
  })
  void theServersWordDecides(String reply, String expected) throws Exception {
    try (StubbornServer server = new StubbornServer(reply)) {
      Delivery outcome = send(server.port(), "", MAIL);
      assertEquals(expected.equals("REFUSED"), outcome instanceof Refused, outcome.toString());
      assertEquals(expected.equals("LATER"), outcome instanceof Later, outcome.toString());
    }
  }

  @Test
  void aServerThatSaysNothingIsNotWaitedForLong() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long begun = System.nanoTime();
      assertInstanceOf(Later.class, send(silent.getLocalPort(), "", MAIL));
      assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 10);
    }
  }

  @Test
  void aServerThatIsAwayIsTriedLater() {
    assertInstanceOf(Later.class, send(FreePorts.take(), "", MAIL));
  }

  @Test
  void aServerWithoutEncryptionGetsNothingUnlessConfigured() {
    GreenMail server = server();
    try {
      assertInstanceOf(Later.class, send(config(server.getSmtp().getPort(), "starttls", ""), MAIL));
      assertEquals(0, server.getReceivedMessages().length);
    } finally {
      server.stop();
    }
  }

  private static GreenMail server() {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    return server;
  }

  private static Delivery send(int port, String user, Mail mail) {
    return send(config(port, "none", user), mail);
  }

  private static Delivery send(Config.Mail config, Mail mail) {
    try (SmtpMailer mailer = new SmtpMailer(VERTX, config)) {
      return mailer.send(mail);
    }
  }

  private static Config.Mail config(int port, String security, String user) {
    return new Config.Mail(
        "127.0.0.1",
        port,
        security,
        user,
        Optional.of(new Secret("secret-of-mail")),
        "tamas@localhost",
        Duration.ofSeconds(2),
        1_000,
        "UTC");
  }
}
