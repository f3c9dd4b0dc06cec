package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.AmiClient;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.ops.AsteriskHome;
import io.tamas.ops.AsteriskProcess;
import io.tamas.ops.AsteriskSettings;
import io.tamas.ops.SipNetwork;
import io.tamas.ops.SipTls;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A real Asterisk of the test's own, on free ports of loopback.
public final class AsteriskServer implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int FIRST_VOICE = 11_000;
  private static final int LAST_VOICE = 14_999;
  private static final String LAB = "lab";

  private static final Pattern COMPLAINT =
      Pattern.compile(
          "(WARNING|ERROR)\\[[0-9]+](\\[C-[0-9a-f]+])? (ast_expr2|func_|pbx_)"
              + "|deprecated|discouraged|no longer supported");

  /// It stores a field with each phone and trunk, and warns when it reads it; and it warns of an
  /// answer without voice, of which the dialplan asks where the voice is.
  private static final Pattern OF_ASTERISK_ITSELF =
      Pattern.compile(
          "Option 'stir_shaken' is no longer supported"
              + "|Unknown or unavailable item requested: 'rtp,dest'");

  private final AsteriskHome programs;
  private final AsteriskSettings settings;
  private final AsteriskProcess component;
  private @Nullable Process process;

  /// How much of its log was read.
  private long readTo;

  public AsteriskServer(Path data, int agiPort, int ariPort) {
    this(data, agiPort, ariPort, Optional.empty());
  }

  /// @param tls SIP over TLS, too
  public AsteriskServer(Path data, int agiPort, int ariPort, Optional<SipTls> tls) {
    try {
      Path home = AsteriskProcess.home(System.getenv());
      programs = AsteriskHome.obtain(home, System.getenv());
      settings = settings(data, agiPort, ariPort, tls);
      component = new AsteriskProcess(() -> programs, home, settings);
      Files.createDirectories(data.resolve("logs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static AsteriskSettings settings(
      Path data, int agiPort, int ariPort, Optional<SipTls> tls) {
    return new AsteriskSettings(
        data.toAbsolutePath(),
        "lab",
        SipNetwork.LOOPBACK,
        FreePorts.take(),
        tls,
        FIRST_VOICE, // of which it takes those that are free, as the phones do of theirs
        LAST_VOICE,
        agiPort,
        URI.create("ws://127.0.0.1:" + ariPort + "/asterisk/ari"),
        "tamas",
        new Secret("ari-of-the-lab"),
        FreePorts.take(),
        new Secret("ami-of-the-lab"));
  }

  public AsteriskSettings settings() {
    return settings;
  }

  /// Its manager interface. It connects while it is used.
  public AmiClient manager(MeterRegistry registry) {
    Config.Ami config =
        new Config.Ami(
            "127.0.0.1",
            settings.amiPort(),
            "tamas",
            new Secret("ami-of-the-lab"),
            Duration.ofSeconds(2));
    AmiClient manager = new AmiClient(config, registry);
    manager.start();
    return manager;
  }

  /// Where other programs of its house are found, such as phones.
  public AsteriskHome programs() {
    return programs;
  }

  /// Returns when all modules are loaded.
  public AsteriskServer start() {
    try {
      File log = settings.data().resolve("logs/asterisk.log").toFile();
      ProcessBuilder command = component.command();
      addConsole();
      Process started =
          command
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      process = started;
      eventually(
          "Asterisk is ready; see " + log, DEADLINE, () -> component.ready() || !started.isAlive());
      if (!started.isAlive()) {
        throw new AssertionError("Asterisk ended with " + started.exitValue() + "; see " + log);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  public Process process() {
    return Objects.requireNonNull(process, "not started");
  }

  /// As power failure does.
  public void kill() {
    end(process().destroyForcibly());
  }

  public void restart() {
    close();
    start();
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroy();
      try {
        if (!running.waitFor(10, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        throw interrupted(e);
      }
      end(running);
    }
  }

  private static void end(Process process) {
    eventually("the process has ended", DEADLINE, () -> !process.isAlive());
  }

  /// What the account of Tamas is told when it asks for an action of the manager interface.
  public String asTamas(String action) {
    return manager("tamas").answer(action);
  }

  private ManagerClient manager(String user) {
    return new ManagerClient(settings.amiPort(), user, settings.amiPassword());
  }

  /// An account for the console, which that of Tamas may not use.
  private void addConsole() throws IOException {
    Files.writeString(
        settings.folder().resolve("etc/manager.conf"),
        """

        [%s]
        secret = %s
        write = command,call,reporting
        """
            .formatted(LAB, settings.amiPassword().reveal()),
        StandardOpenOption.APPEND);
  }

  /// A console command, such as `pjsip show contacts`.
  public String console(String command) {
    return manager(LAB).command(command);
  }

  /// What it has written into its log about the dialplan and its configuration since this was asked
  /// last: syntax errors, arguments that a function cannot take, what is deprecated.
  List<String> complaints() {
    Path file = settings.data().resolve("logs/asterisk.log");
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(readTo);
      byte[] rest = new byte[(int) (log.length() - readTo)];
      log.readFully(rest);
      readTo += rest.length;
      return new String(rest, StandardCharsets.UTF_8)
          .lines()
          .filter(
              line -> COMPLAINT.matcher(line).find() && !OF_ASTERISK_ITSELF.matcher(line).find())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// From now on it asks other name servers.
  ///
  /// @return those that it asked before
  String nameServers(String lines) {
    Path file = settings.folder().resolve("resolv.conf");
    try {
      String before = Files.readString(file);
      // the file is mounted: it must remain the same one
      Files.writeString(file, lines);
      // a line more, or it would not be read again
      Path resolver = settings.folder().resolve("etc/resolver_unbound.conf");
      Files.writeString(resolver, "\n", StandardOpenOption.APPEND);
      console("module reload res_resolver_unbound.so");
      return before;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The names of the channels of an endpoint, the oldest first.
  List<String> channelsOf(String endpoint) {
    return console("core show channels concise")
        .lines()
        .map(line -> line.substring(0, Math.max(0, line.indexOf('!'))))
        .filter(name -> name.startsWith("PJSIP/" + endpoint + "-"))
        .sorted()
        .toList();
  }

  /// The value of a variable or function on a channel.
  String variable(String channel, String variable) {
    return manager(LAB).variable(channel, variable);
  }

  /// Sets a variable or function of a channel.
  void says(String channel, String variable, String value) {
    manager(LAB).variable(channel, variable, value);
  }

  /// Changes a setting in a separate file and reloads the module that reads it.
  void isToldAnew(String file, String before, String after, String module) {
    Path path = settings.folder().resolve("etc").resolve(file);
    try {
      String text = Files.readString(path);
      if (!text.contains(before)) {
        throw new AssertionError(file + " does not say " + before);
      }
      Files.writeString(path, text.replace(before, after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    console("module reload " + module);
  }

  /// The objects of PJSIP that an administrator has added by hand are these from now on.
  public void administratorWrites(String objects) {
    try {
      Files.writeString(settings.data().resolve("pjsip.local.conf"), objects);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    console("module reload res_pjsip.so");
  }

  static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted", e);
  }
}
