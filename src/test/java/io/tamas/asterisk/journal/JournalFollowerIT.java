package io.tamas.asterisk.journal;

import static io.tamas.asterisk.journal.FollowedFolder.numbered;
import static io.tamas.asterisk.journal.FollowedFolder.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.db.Transaction;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class JournalFollowerIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(JournalFollowerIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final long NEVER = 1L << 30;
  private static final String LINE = JournalLines.line("ANSWER", "Sara", "main-1795225666.0");

  @TempDir Path folder;
  private FollowedFolder journal;

  @BeforeEach
  void prepare(TestInfo test) {
    journal = new FollowedFolder(folder, test.getDisplayName(), DATABASE);
  }

  @AfterEach
  void stop() throws Exception {
    journal.stop();
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void rowsAreStoredOnceInTheOrderOfTheFile() {
    journal.writeNumbered(0, 50);
    journal.start();
    journal.awaitStored(50);
    journal.writeNumbered(50, 100);
    journal.awaitCommitted(100);

    assertEquals(numbered(0, 100), journal.stored());
    assertEquals(
        numbered(0, 100), journal.committed.stream().map(row -> row.type().text()).toList());
  }

  @Test
  void storedRowIsTheRowThatWasWritten() {
    journal.write(
        JournalLines.line("ANSWER", "a\\\",\\\"\n\"T1\",\"مریم\u202E", "main-1795225667.7"));
    journal.start();
    journal.awaitCommitted(1);

    assertEquals(
        List.of(journal.committed.getFirst()),
        DATABASE
            .await(Journal.read(DATABASE.pool(), List.of("main-1795225667.7")))
            .get("main-1795225667.7"));
    assertEquals("a\\\",\\\"\n\"T1\",\"مریم\u202E", journal.committed.getFirst().callerName());
    assertEquals(List.of(), journal.rejected());
  }

  @Test
  void lineIsTakenWhenItIsComplete() {
    journal.start();
    journal.write(LINE.substring(0, 30));
    journal.write(LINE.substring(30) + LINE.substring(0, 100));
    journal.awaitStored(1);
    journal.write(LINE.substring(100));
    journal.awaitStored(2);

    assertEquals(List.of("ANSWER", "ANSWER"), journal.stored());
  }

  @Test
  void followerThatStartsAnewGoesOnWhereItWas() throws Exception {
    journal.start();
    journal.writeNumbered(0, 10);
    journal.awaitStored(10);
    journal.stop();
    journal.writeNumbered(10, 20);
    journal.startWith(NEVER, POLL, journal.new Collecting());
    journal.awaitStored(20);

    assertEquals(numbered(0, 20), journal.stored());
  }

  @Test
  void fileIsRenamedWhenItIsLargeAndDeletedWhenItIsOld() {
    journal.startWith(2_000, POLL, journal.new Collecting());
    journal.writeNumbered(0, 300);
    journal.awaitStored(300);

    assertEquals(numbered(0, 300), journal.stored());
    until("old files gone", () -> files().allMatch(name -> name.equals("journal.csv")));
  }

  @Test
  void lastLinesOfARenamedFileAreNotMissed() throws Exception {
    journal.start();
    journal.writeNumbered(0, 2);
    journal.awaitStored(2);
    Path renamed = folder.resolve("journal-1795225666000.csv");
    Files.move(journal.current(), renamed);
    FollowedFolder.append(renamed, JournalLines.line("N2", "Sara", "main-1795225666.2"));
    journal.writeNumbered(3, 4);
    journal.awaitStored(4);

    assertEquals(numbered(0, 4), journal.stored());
  }

  @Test
  void transactionThatFailsBringsItsRowsAgain() {
    AtomicInteger failures = new AtomicInteger(6);
    journal.startWith(
        NEVER,
        POLL,
        journal.new Collecting() {
          @Override
          public void store(Transaction tx, List<JournalEvent> rows) {
            super.store(tx, rows);
            if (failures.getAndDecrement() > 0) {
              throw new IllegalStateException("killed before the commit");
            }
          }
        });
    journal.writeNumbered(0, 30);
    journal.awaitCommitted(30);

    assertEquals(numbered(0, 30), journal.stored());
    assertEquals(
        numbered(0, 30), journal.committed.stream().map(row -> row.type().text()).toList());
    assertTrue(journal.registry.counter("tamas.journal.failures").count() >= 6);
  }

  @Test
  void commitWhoseAnswerWasLostDoesNotBringItsRowsTwice() {
    AtomicInteger failures = new AtomicInteger(3);
    journal.startWith(
        NEVER,
        POLL,
        journal.new Collecting() {
          @Override
          public void committed() {
            if (failures.getAndDecrement() > 0) {
              throw new IllegalStateException("killed after the commit");
            }
            super.committed();
          }
        });
    journal.writeNumbered(0, 10);
    journal.awaitStored(10);
    journal.writeNumbered(10, 30);
    journal.awaitStored(30);

    assertEquals(numbered(0, 30), journal.stored());
  }

  @Test
  void twoFollowersOfOneCellStoreNothingTwice() throws Exception {
    journal.start();
    JournalFollower second = journal.follower(NEVER, POLL, journal.new Collecting());
    second.start();
    journal.writeNumbered(0, 300);
    journal.awaitStored(300);
    second.close().await(10, TimeUnit.SECONDS);
    journal.stop();

    assertEquals(numbered(0, 300), journal.stored());
  }

  @Test
  void brokenRecordIsSetAsideAndTheRestGoesOn() {
    journal.start();
    journal.write(LINE + LINE.substring(0, 77) + LINE + "rubbish\n" + LINE);
    journal.awaitStored(3);

    assertEquals(List.of(LINE.substring(0, 77), "rubbish\n"), journal.rejected());
    assertEquals(2, journal.registry.counter("tamas.journal.rejects").count());
  }

  @Test
  void truncatedFileIsReadFromItsNewEndOn() throws Exception {
    journal.start();
    journal.writeNumbered(0, 5);
    journal.awaitStored(5);
    byte[] whole = Files.readAllBytes(journal.current());
    Files.write(journal.current(), java.util.Arrays.copyOf(whole, whole.length / 2));
    String position = "select read_to::text from journal_file where cell = $1";
    until(
        "noticed",
        () -> journal.column(position).equals(List.of(Integer.toString(whole.length / 2))));
    journal.write("\n");
    journal.writeNumbered(5, 8);
    journal.awaitStored(8);

    assertEquals(numbered(0, 8), journal.stored());
  }

  @Test
  void anotherFileInItsPlaceIsReadFromItsBeginning() throws Exception {
    journal.start();
    journal.writeNumbered(0, 5);
    journal.awaitStored(5);
    Files.delete(journal.current());
    journal.writeNumbered(5, 20);
    journal.awaitStored(20);
    // the same file, as a backup brings it back
    Path copy = folder.resolve("journal-1795225666000.csv");
    Files.copy(journal.current(), copy);
    Files.move(copy, journal.current(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    journal.writeNumbered(20, 21);
    journal.awaitStored(21);

    assertEquals(numbered(0, 21), journal.stored());
  }

  @Test
  void rowsFromElsewhereComeAfterAllThatIsWritten() throws Exception {
    journal.startWith(NEVER, Duration.ofSeconds(10), journal.new Collecting());
    journal.writeNumbered(0, 3);
    JournalEvent lost =
        JournalEvent.synthetic(java.time.Instant.EPOCH, RowType.Note.LOST, "main-1.0");

    int stored =
        journal
            .follower()
            .append(() -> {
              assertEquals(numbered(0, 3), journal.stored());
              return List.of(lost);
            })
            .await(10, TimeUnit.SECONDS);

    assertEquals(1, stored);
    assertEquals(List.of("N0", "N1", "N2", "TAMAS_LOST"), journal.stored());
  }

  @Test
  void requestIsFollowedBeforeTheNextPoll() {
    journal.startWith(NEVER, Duration.ofSeconds(60), journal.new Collecting());
    until(
        "waiting",
        () -> journal.column("select cell from journal_cell where cell = $1").size() == 1);
    journal.writeNumbered(0, 1);
    until(
        "read",
        () -> {
          journal.follower().append(List::of);
          return journal.stored().size() == 1;
        });
  }

  @Test
  void folderThatIsNotYetThereIsWaitedFor() throws Exception {
    Files.delete(folder);
    journal.start();
    until(
        "waiting",
        () -> journal.column("select cell from journal_cell where cell = $1").size() == 1);
    Files.createDirectory(folder);
    journal.writeNumbered(0, 1);
    journal.awaitStored(1);
  }

  private Stream<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
