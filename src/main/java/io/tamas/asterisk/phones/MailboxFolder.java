package io.tamas.asterisk.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The files that Asterisk counts as messages (`__has_voicemail` in `app_voicemail.c`): an empty
/// one, `msg0000.txt`, for each. They are there also when Asterisk starts while Tamas is down.
///
/// All methods throw [UncheckedIOException].
final class MailboxFolder {
  private static final String NEW = "INBOX";
  private static final String HEARD = "Old";

  private final Path folder;

  MailboxFolder(Path folder) {
    this.folder = folder;
  }

  /// By the name of the mailbox; those without a message may be missing.
  Map<String, MessageCount> read() {
    try (Stream<Path> mailboxes = Files.list(Files.createDirectories(folder))) {
      Map<String, MessageCount> counts = new HashMap<>();
      List<Path> own =
          mailboxes.filter(one -> MailboxName.isOne(one.getFileName().toString())).toList();
      for (Path mailbox : own) {
        counts.put(
            mailbox.getFileName().toString(),
            new MessageCount(
                messages(mailbox.resolve(NEW)).size(), messages(mailbox.resolve(HEARD)).size()));
      }
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String mailbox, MessageCount count) {
    try {
      Path of = folder.resolve(mailbox);
      write(of.resolve(NEW), count.fresh());
      write(of.resolve(HEARD), count.heard());
      if (count.equals(MessageCount.NONE)) {
        Files.deleteIfExists(of);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path in, int count) throws IOException {
    List<String> wanted = IntStream.range(0, count).mapToObj("msg%04d.txt"::formatted).toList();
    List<String> found = messages(in);
    for (String message : found) {
      if (!wanted.contains(message)) {
        Files.delete(in.resolve(message));
      }
    }
    if (wanted.isEmpty()) {
      Files.deleteIfExists(in);
      return;
    }
    Files.createDirectories(in);
    for (String message : wanted) {
      if (!found.contains(message)) {
        Files.createFile(in.resolve(message));
      }
    }
  }

  private static List<String> messages(Path in) throws IOException {
    if (!Files.isDirectory(in)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
