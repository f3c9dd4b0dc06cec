package io.tamas.lab;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tamas.ops.AsteriskHome;
import io.tamas.ops.AsteriskProcess;
import io.tamas.ops.JsonLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// The real fail2ban, from the same house as Asterisk, reading what a class of Tamas logs, in the
/// format of the log of an instance.
public final class Fail2Ban implements AutoCloseable {
  private static final Path FILTERS = Path.of("src/main/fail2ban/filter.d");

  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final Logger logger;

  /// @param logging the class that logs
  public Fail2Ban(Class<?> logging) {
    this(logging.getName());
  }

  /// What the web server logs of those who guess.
  public static Fail2Ban ofWebServer() {
    return new Fail2Ban("io.tamas.web.Serving");
  }

  private Fail2Ban(String logging) {
    logger = (Logger) LoggerFactory.getLogger(logging);
    heard.start();
    logger.addAppender(heard);
  }

  /// The addresses that a filter finds in all lines since then.
  ///
  /// @param folder for its files
  public List<String> finds(String filter, Path folder) throws IOException, InterruptedException {
    for (String inside : List.of("asterisk/tmp", "asterisk/etc")) {
      Files.createDirectories(folder.resolve(inside));
    }
    Files.writeString(folder.resolve("asterisk/hosts"), "127.0.0.1 localhost\n");
    Files.copy(FILTERS.resolve(filter), folder.resolve("filter.conf"));
    Files.write(folder.resolve("tamas.log"), lines());
    Path home = AsteriskProcess.home(System.getenv());
    Process process =
        new ProcessBuilder(
                AsteriskHome.obtain(home, System.getenv())
                    .command(
                        "tamas-fail2ban",
                        folder,
                        List.of(
                            "fail2ban-regex",
                            "--out",
                            "ip",
                            "/instance/tamas.log",
                            "/instance/filter.conf")))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() > 1) {
      throw new AssertionError("fail2ban-regex: " + output);
    }
    return output.lines().filter(line -> !line.isBlank()).toList();
  }

  private byte[] lines() throws IOException {
    var lines = new java.io.ByteArrayOutputStream();
    JsonLines format = new JsonLines();
    for (ILoggingEvent event : List.copyOf(heard.list)) {
      lines.write(format.encode(event));
    }
    return lines.toByteArray();
  }

  @Override
  public void close() {
    logger.detachAppender(heard);
  }
}
