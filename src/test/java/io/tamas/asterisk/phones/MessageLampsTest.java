package io.tamas.asterisk.phones;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageLampsTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final ExtensionNumber ZAHRA = new ExtensionNumber("101");
  private static final String MAILBOX = mailbox(101);
  private static final Ami NOT_CONNECTED =
      new AmiClient(
          new Config.Ami("127.0.0.1", 1, "tamas", new Secret("x"), Duration.ofSeconds(1)),
          new SimpleMeterRegistry());

  @TempDir private Path folder;
  private final List<String> actions = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private volatile boolean offline;
  private final List<MessageLamps> running = new ArrayList<>();

  @AfterEach
  void close() {
    running.forEach(MessageLamps::close);
  }

  @Test
  void asteriskCountsBeforeAndAfterEachChange() {
    MessageLamps lamps = lamps();
    lamps.phones(List.of(phone(101)));
    lamps.counted(Map.of(ZAHRA, new MessageCount(2, 1)));
    told(1);
    assertEquals(
        List.of("all: 0", MAILBOX + ": 0", MAILBOX + ": 3"), actions, "with the files counted");
    assertTrue(Files.exists(folder.resolve(MAILBOX + "/INBOX/msg0001.txt")));
    assertTrue(Files.exists(folder.resolve(MAILBOX + "/Old/msg0000.txt")));
    lamps.counted(Map.of(ZAHRA, new MessageCount(1, 0)));
    told(2);
    assertFalse(Files.exists(folder.resolve(MAILBOX + "/INBOX/msg0001.txt")));
    lamps.counted(Map.of());
    told(3);
    assertFalse(Files.exists(folder.resolve(MAILBOX)));
  }

  @Test
  void nothingChangesWhileThePhonesOrTheirMessagesAreUnknown() {
    new MailboxFolder(folder).write(MAILBOX, new MessageCount(1, 0));
    MessageLamps lamps = lamps();
    lamps.counted(Map.of());
    lamps.phones(List.of(phone(101)));
    told(1);
    assertEquals(List.of("all: 1", MAILBOX + ": 1", MAILBOX + ": 0"), actions);
  }

  @Test
  void filesStayAsTheyAreWhileAsteriskCannotBeTold() {
    offline = true;
    MessageLamps lamps = lamps();
    lamps.phones(List.of(phone(101)));
    lamps.counted(Map.of(ZAHRA, new MessageCount(1, 0)));
    eventually("it was tried", SOON, () -> !actions.isEmpty());
    assertFalse(Files.exists(folder.resolve(MAILBOX)));
    offline = false;
    told(1);
    assertTrue(Files.exists(folder.resolve(MAILBOX)));
  }

  @Test
  void phoneWithAnotherPasswordHasAnotherMailbox() {
    assertEquals(MAILBOX, phone(101).mailbox().orElseThrow().text());
    MailboxName other = MailboxName.of(ZAHRA, new Secret("another-horse"));
    assertNotEquals(MAILBOX, other.text());
    assertTrue(other.text().matches("101-[0-9a-f]{10}"), other.text());
  }

  @Test
  void manyLampsFollowOneAfterTheOther() {
    MessageLamps lamps = lamps();
    Map<ExtensionNumber, MessageCount> counts = new HashMap<>();
    List<Phone> phones = IntStream.range(100, 220).mapToObj(MessageLampsTest::phone).toList();
    phones.forEach(phone -> counts.put(phone.number(), new MessageCount(1, 0)));
    counts.put(ZAHRA, new MessageCount(1000, 0));
    lamps.counted(counts);
    long begun = System.nanoTime();
    lamps.phones(phones);
    told(120);
    assertTrue(System.nanoTime() - begun > Duration.ofSeconds(1).toNanos(), "all at once");
    assertTrue(Files.exists(folder.resolve(MAILBOX + "/INBOX/msg0098.txt")));
    assertFalse(Files.exists(folder.resolve(MAILBOX + "/INBOX/msg0099.txt")));
  }

  private MessageLamps lamps() {
    MessageLamps lamps = new MessageLamps(this::answer, folder, registry);
    running.add(lamps);
    lamps.start();
    return lamps;
  }

  private void told(int changes) {
    eventually(
        changes + " changes; " + actions,
        SOON,
        () -> registry.counter("tamas.message.lamps", "outcome", "told").count() == changes);
  }

  private AmiAnswer answer(AmiAction action) {
    String mailbox = action.fields().getOrDefault("Mailbox", "all");
    actions.add(mailbox + ": " + files(mailbox.equals("all") ? folder : folder.resolve(mailbox)));
    if (offline) {
      return NOT_CONNECTED.send(action);
    }
    return new AmiAnswer.Done("", "");
  }

  private static long files(Path in) {
    if (!Files.exists(in)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(in)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mailbox(int number) {
    return phone(number).mailbox().orElseThrow().text();
  }

  private static Phone phone(int number) {
    return new Phone(
        new ExtensionNumber(Integer.toString(number)),
        "Zahra",
        Optional.empty(),
        new TreeSet<>(),
        1,
        LampRights.ALL,
        Optional.of("*97"),
        Habits.USUAL,
        new Secret("correct-horse"));
  }
}
