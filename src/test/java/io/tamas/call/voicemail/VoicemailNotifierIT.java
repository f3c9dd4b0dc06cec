package io.tamas.call.voicemail;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.recording.Recordings;
import io.tamas.company.Company;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.mail.Mail;
import io.tamas.mail.Mailer;
import io.tamas.sms.Sms;
import io.tamas.sms.SmsGateway;
import io.tamas.work.Delivery;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages are announced once in each way that is enabled, also after the server or Tamas was
/// down.
class VoicemailNotifierIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(VoicemailNotifierIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Config.Mail MAIL =
      new Config.Mail(
          "mail", 25, "none", "", Optional.empty(), "tamas@x", Duration.ofSeconds(1), 100, "UTC");

  @TempDir private Path folder;
  private final List<Mail> sent = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Recordings recordings;

  @BeforeEach
  void clear() {
    DATABASE.await(
        DATABASE.pool().query("truncate voicemail, voicemail_notice, recording").execute());
    TestDatabase.extensions(DATABASE, Instant.EPOCH, "101", "102", "103", "104");
    recordings = new Recordings(DATABASE, "main", folder);
  }

  @AfterEach
  void nothingIsSentTwice() {
    assertEquals(
        sent.stream().map(Mail::id).distinct().count(), sent.size(), () -> "twice: " + sent);
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void messageIsSentWithItsAudioUnlessItIsTooLarge() throws Exception {
    UUID small = left("101", "ready", Instant.now());
    Files.write(folder.resolve(small + ".wav"), new byte[100]);
    UUID large = left("101", "ready", Instant.now());
    Files.write(folder.resolve(large + ".wav"), new byte[101]);
    until(2, this::take);
    assertEquals(1, sent.stream().filter(mail -> mail.attachment().isPresent()).count());
    assertEquals("zahra@example.ir", sent.getFirst().to());
    assertEquals(2, notices("sent").count());
  }

  @Test
  void noticeIsSentOnlyIfEnabledAndWithAnAddress() throws Exception {
    left("102", "ready", Instant.now());
    left("103", "ready", Instant.now());
    left("104", "ready", Instant.now());
    UUID expected = left("101", "broken", Instant.now());
    until(1, this::take);
    assertEquals(expected.toString(), sent.getFirst().id());
    assertEquals(0, pending());
  }

  @Test
  void audioThatIsNotReadyIsAwaited() throws Exception {
    left("101", "expected", Instant.now());
    UUID ready = left("101", "ready", Instant.now());
    until(1, this::take);
    assertEquals(ready.toString(), sent.getFirst().id());
    assertEquals(1, pending());
  }

  @Test
  void messageForAnEarlierOwnerOfTheNumberIsNotAnnounced() throws Exception {
    left("101", "ready", Instant.now().minus(Duration.ofHours(1)));
    TestDatabase.extensions(DATABASE, Instant.now().minus(Duration.ofMinutes(1)), "101");
    UUID own = left("101", "ready", Instant.now());
    until(1, this::take);
    assertEquals(own.toString(), sent.getFirst().id());
    assertEquals(0, pending());
  }

  @Test
  void refusedNoticeIsNotRetried() throws Exception {
    left("101", "ready", Instant.now());
    runs(_ -> new Delivery.Refused("no such user"), () -> pending() == 0);
    assertEquals(1, notices("refused").count());
  }

  @Test
  void whileTheServerIsUnavailableSendingIsRetriedAlsoByTheNextProcess() throws Exception {
    left("101", "ready", Instant.now());
    runs(_ -> new Delivery.Later("unavailable"), () -> tries() == 1);
    assertEquals(1, pending());
    DATABASE.await(DATABASE.pool().query("update voicemail_notice set at = now()").execute());
    until(1, this::take);
    assertEquals(0, pending());
  }

  @Test
  void sendingIsGivenUpAfterADay() throws Exception {
    left("101", "ready", Instant.now().minus(Duration.ofHours(25)));
    runs(_ -> new Delivery.Later("unavailable"), () -> pending() == 0);
    assertEquals(1, notices("later").count());
  }

  @Test
  void oldMessageIsNotAnnounced() throws Exception {
    left("101", "ready", Instant.now().minus(Duration.ofHours(49)));
    runs(this::take, () -> pending() == 0);
    assertEquals(List.of(), sent);
  }

  @Test
  void smsIsSentIfEnabled() throws Exception {
    UUID expected = left("101", "ready", Instant.now());
    left("102", "ready", Instant.now());
    Config.Sms config =
        new Config.Sms("http://x", Optional.empty(), "", "", "form", "", SOON, "Asia/Tehran");
    List<Sms> texts = new CopyOnWriteArrayList<>();
    SmsGateway gateway =
        sms -> {
          texts.add(sms);
          return new Delivery.Sent();
        };
    runs(new VoicemailSms(gateway, config), () -> pending("sms") == 0);
    Sms text = texts.getFirst();
    assertEquals(1, texts.size());
    assertEquals(expected.toString(), text.id());
    assertEquals("+989121112233", text.to());
    assertTrue(text.text().startsWith("New voice message from Sara (+989121234567)\n20"));
    assertEquals(2, pending());
  }

  private Counter notices(String outcome) {
    return registry.counter("tamas.voicemail.notices", "way", "email", "outcome", outcome);
  }

  private Delivery take(Mail mail) {
    sent.add(mail);
    return new Delivery.Sent();
  }

  private void until(int mails, Mailer mailer) throws Exception {
    runs(mailer, () -> sent.size() == mails && areCounted(mails));
  }

  private boolean areCounted(int mails) {
    return notices("sent").count() == mails;
  }

  private void runs(Mailer mailer, BooleanSupplier done) throws Exception {
    runs(new VoicemailMail(recordings, mailer, MAIL), done);
  }

  private void runs(VoicemailNotifier.Way way, BooleanSupplier done) throws Exception {
    VoicemailNotifier notifier =
        new VoicemailNotifier(
            way,
            new VoicemailNotices(DATABASE, "main"),
            VoicemailNotifierIT::company,
            InstantSource.system(),
            registry);
    notifier.start();
    try {
      eventually("it is done", SOON, done);
    } finally {
      notifier.close().await(10, TimeUnit.SECONDS);
    }
  }

  private static UUID left(String mailbox, String state, Instant at) {
    UUID id = UUID.randomUUID();
    var startedAt = at.atOffset(ZoneOffset.UTC);
    DATABASE.await(
        DATABASE
            .pool()
            .preparedQuery(
                "insert into recording (id, cell, call_id, state, started_at, call_started_at)"
                    + " values ($1, 'main', $2, $3, $4, $4)")
            .execute(Tuple.of(id, "main-" + id, state, startedAt)));
    DATABASE.await(
        DATABASE
            .pool()
            .preparedQuery(
                "insert into voicemail"
                    + " (recording, mailbox, call_id, caller, caller_name, routed_at, left_at)"
                    + " values ($1, $2, $3, '+989121234567', 'Sara', $4, $4)")
            .execute(Tuple.of(id, mailbox, "main-" + id, startedAt)));
    DATABASE.await(
        DATABASE
            .pool()
            .preparedQuery(
                "insert into voicemail_notice (recording, way) values ($1, 'email'), ($1, 'sms')")
            .execute(Tuple.of(id)));
    return id;
  }

  private static long pending() {
    return pending("email");
  }

  private static long pending(String way) {
    return number("select count(*) from voicemail_notice where way = '" + way + "'");
  }

  private static long tries() {
    return number("select sum(tries) from voicemail_notice");
  }

  private static long number(String sql) {
    return DATABASE.await(DATABASE.pool().query(sql).execute()).iterator().next().getLong(0);
  }

  /// 101 has e-mails enabled; 102 has neither way enabled, 103 no address, 104 does not exist.
  private static Directory company() {
    return Directory.of(
        Company.of(
            1,
            List.of(
                extension("101", true, "email: zahra@example.ir"),
                extension("102", false, "email: reza@example.ir"),
                extension("103", true, ""))));
  }

  private static Extension extension(String number, boolean enabled, String email) {
    return Yamls.extension(
        """
        number: "%s", name: x, mailbox: {byEmail: %s, bySms: %s}, mobile: "+989121112233", %s\
        """
            .formatted(number, enabled, enabled, email));
  }
}
