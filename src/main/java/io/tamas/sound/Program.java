package io.tamas.sound;

import io.tamas.company.SoundFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program that converts bytes: input and output are its standard streams.
///
/// It is killed when it takes too long or outputs too much. Few of them run at once.
final class Program {
  private static final Logger log = LoggerFactory.getLogger(Program.class);
  private static final int MAX_COMPLAINT = 500;
  private static final int AT_ONCE = 2;

  /// The exit status of shells and `chroot` if there is no such program; from 128 on a signal ended
  /// it.
  private static final int NOT_RUN = 125;

  private final List<String> command;
  private final Duration deadline;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /// The result of a run.
  ///
  /// @param status the exit status
  /// @param complete whether `bytes` is its entire output
  record Result(int status, byte[] bytes, boolean complete) {}

  /// @param command that starts the program; arguments follow
  Program(List<String> command, Duration deadline) {
    this.command = List.copyOf(command);
    this.deadline = deadline;
  }

  /// Runs it once.
  ///
  /// @param input read to its end, unless the program ends before
  /// @param max bytes of output
  /// @throws SoundFault.Unavailable if it failed whatever the input
  Result run(List<String> arguments, InputStream input, int max) throws SoundFault.Unavailable {
    try {
      if (!places.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SoundFault.Unavailable("too many requests are waiting");
      }
      try {
        return runNow(arguments, input, max);
      } finally {
        places.release();
      }
    } catch (IOException e) {
      throw new SoundFault.Unavailable(command.getFirst() + " cannot be run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SoundFault.Unavailable("interrupted");
    }
  }

  /// Whether it can be started at all.
  boolean works() {
    try {
      return run(List.of("--version"), InputStream.nullInputStream(), MAX_COMPLAINT).status() == 0;
    } catch (SoundFault.Unavailable e) {
      return false;
    }
  }

  private Result runNow(List<String> arguments, InputStream input, int max)
      throws IOException, InterruptedException, SoundFault.Unavailable {
    Process process = start(arguments);
    AtomicBoolean late = new AtomicBoolean();
    Thread watch = Thread.ofVirtual().start(() -> killWhenLate(process, late));
    Thread complaints = Thread.ofVirtual().start(() -> listen(process));
    Thread.ofVirtual().start(() -> feed(process, input));
    try {
      byte[] bytes = process.getInputStream().readNBytes(max);
      boolean complete = process.getInputStream().read() < 0;
      if (!complete) {
        process.destroyForcibly();
      }
      int status = process.waitFor();
      complaints.join();
      if (late.get() || (complete && status >= NOT_RUN)) {
        throw new SoundFault.Unavailable(late.get() ? "took too long" : "ended with " + status);
      }
      return new Result(status, bytes, complete);
    } finally {
      watch.interrupt();
      process.destroyForcibly();
    }
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  private void killWhenLate(Process process, AtomicBoolean late) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        late.set(true);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // it has ended
    }
  }

  private static void feed(Process process, InputStream input) {
    try (OutputStream to = process.getOutputStream()) {
      input.transferTo(to);
    } catch (IOException e) {
      // it read no more input than it needed
    }
  }

  /// All of it is read, so that the program never blocks; the start is logged.
  private static void listen(Process process) {
    try (InputStream from = process.getErrorStream()) {
      String message = new String(from.readNBytes(MAX_COMPLAINT), StandardCharsets.UTF_8).strip();
      from.transferTo(OutputStream.nullOutputStream());
      if (!message.isEmpty()) {
        log.atDebug().addKeyValue("message", message).log("a sound program reported an error");
      }
    } catch (IOException e) {
      // it was killed
    }
  }
}
