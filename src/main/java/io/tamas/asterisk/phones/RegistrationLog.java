package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Why a registration failed. Asterisk tells the SIP status in its log only
/// (`res_pjsip_outbound_registration.c`): its warnings are also in a file that Tamas may read.
final class RegistrationLog {
  private static final Logger log = LoggerFactory.getLogger(RegistrationLog.class);
  private static final String FILE = "warnings.log";

  /// So much of the end of the file is read.
  private static final int TAIL = 64 * 1024;

  private static final long LARGE = 1024 * 1024;

  private static final Pattern STATUS =
      Pattern.compile(
          "(?:response '([1-6][0-9]{2})'|'([1-6][0-9]{2})' fatal response|(403) Forbidden)");
  private static final Pattern SILENCE = Pattern.compile("No response received");

  private final Path file;
  private final Ami ami;

  /// By account, the last reason that was found: the file may be begun anew, or be long since.
  private final Map<String, String> found = new ConcurrentHashMap<>();

  /// Where in the file the reasons of an account begin that was changed.
  private final Map<String, Long> begins = new ConcurrentHashMap<>();

  /// @param folder of the journal
  RegistrationLog(Path folder, Ami ami) {
    this.file = folder.resolve(FILE);
    this.ami = ami;
  }

  /// What the file says of an account so far is about its former server or password.
  void forget(String account) {
    found.remove(account);
    try {
      begins.put(account, Files.size(file));
    } catch (IOException e) {
      begins.remove(account);
    }
  }

  /// Of the last failed attempt.
  ///
  /// @param account the SIP address that registers
  Optional<String> reason(String account) {
    try {
      reason(account, tail(begins.getOrDefault(account, 0L)))
          .ifPresent(reason -> found.put(account, reason));
    } catch (NoSuchFileException e) {
      log.atDebug().log("Asterisk has no log of warnings yet");
    } catch (IOException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("Asterisk's log cannot be read");
    }
    return Optional.ofNullable(found.get(account));
  }

  static Optional<String> reason(String account, String lines) {
    String quoted = "'" + account + "'";
    return lines
        .lines()
        .filter(line -> line.contains("registration attempt to " + quoted))
        .reduce((_, last) -> last)
        .flatMap(RegistrationLog::reasonIn);
  }

  private static Optional<String> reasonIn(String line) {
    Matcher status = STATUS.matcher(line);
    if (status.find()) {
      String code = line.substring(status.start(), status.end()).replaceAll("[^0-9]", "");
      return Optional.of("SIP " + code);
    }
    return SILENCE.matcher(line).find() ? Optional.of(TrunkReport.SILENCE) : Optional.empty();
  }

  private String tail(long from) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      channel.position(Math.max(from, size - TAIL));
      ByteBuffer bytes = ByteBuffer.allocate(TAIL);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }
  }

  /// Has Asterisk begin the file anew once it is large.
  ///
  /// @throws io.tamas.asterisk.ami.AmiFault if Asterisk does not answer
  void bound() {
    try {
      if (Files.size(file) > LARGE) {
        Files.delete(file);
        begins.clear();
        ami.send(AmiAction.reopenLogs());
      }
    } catch (IOException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("Asterisk's log is not bounded");
    }
  }
}
