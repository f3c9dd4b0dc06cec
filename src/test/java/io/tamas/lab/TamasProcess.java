package io.tamas.lab;

import io.tamas.config.Config;
import io.tamas.json.Json;
import io.tamas.ops.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tamas as it runs for users: a process of its own, which a test may kill and freeze.
final class TamasProcess implements AutoCloseable {
  static final String KEY = "key-of-the-lab-0123456789";
  static final String REPORT_PASSWORD = "password-of-the-dashboards";

  private static final Duration READY = Duration.ofSeconds(60);

  private final Path data;
  private final JavaCommand java;
  private final int httpPort = FreePorts.take();
  private final int managementPort = FreePorts.take();
  private final int nameServerPort = FreePorts.take();
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;
  private boolean frozen;

  /// @param ariPort at which it expects Asterisk
  /// @param javaOptions beside those with which Tamas is delivered
  TamasProcess(
      AsteriskServer asterisk,
      int ariPort,
      Config.Database database,
      int mailPort,
      String smsUrl,
      List<String> javaOptions) {
    this.data = asterisk.settings().data();
    this.java = JavaCommand.ofThisProcess("io.tamas.Tamas", javaOptions);
    write(asterisk, ariPort, database, mailPort, smsUrl);
  }

  private void write(
      AsteriskServer asterisk, int ariPort, Config.Database database, int mailPort, String smsUrl) {
    String yaml =
        """
        cell: %s
        database: {url: '%s', user: %s, password: %s}
        report: {password: %s}
        agi: {port: %d}
        ari: {port: %d, user: %s, password: %s}
        ami: {port: %d, password: %s}
        http: {port: %d, apiKey: %s}
        management: {port: %d}
        media: {address: 127.0.0.1, deadAfter: 6s}
        lookup: {budget: 250ms} # a busy machine is no slow database, which is later than that
        trunks: {nameServer: '127.0.0.1:%d'}
        journal: {folder: asterisk/log/cel-custom}
        recordings: {folder: recordings}
        mailboxes: {folder: mailboxes}
        speech: {command: %s}
        audio: {command: %s}
        company: {snapshot: company.json}
        mail: {host: 127.0.0.1, port: %d, security: none}
        sms: {url: '%s', key: of-the-panel, from: '3000', body: 'to={digits}&text={text}'}
        """
            .formatted(
                asterisk.settings().cell(),
                database.url(),
                database.user(),
                database.password().reveal(),
                REPORT_PASSWORD,
                asterisk.settings().agiPort(),
                ariPort,
                asterisk.settings().ariUser(),
                asterisk.settings().ariPassword().reveal(),
                asterisk.settings().amiPort(),
                asterisk.settings().amiPassword().reveal(),
                httpPort,
                KEY,
                managementPort,
                nameServerPort,
                Json.write(asterisk.programs().alone("espeak-ng")),
                Json.write(asterisk.programs().alone("sox")),
                mailPort,
                smsUrl);
    try {
      Files.writeString(data.resolve("tamas.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int nameServerPort() {
    return nameServerPort;
  }

  URI api(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + "/api/v1" + path);
  }

  HttpClient http() {
    return http;
  }

  /// Returns when it is ready, Asterisk included.
  void start() {
    begin();
    Eventually.eventually("Tamas is ready; see " + log(), READY, this::isReady);
  }

  /// Starts it without waiting.
  void begin() {
    List<String> command =
        java.line(List.of("serve", "--config", data.resolve("tamas.yaml").toString()));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      frozen = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return data.resolve("logs/tamas.log");
  }

  /// A request to the management port.
  HttpRequest management(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
        .timeout(Duration.ofSeconds(2))
        .build();
  }

  boolean isReady() {
    try {
      HttpRequest request = management("/health/ready");
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    }
  }

  /// The process, while it runs.
  Optional<ProcessHandle> handle() {
    return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /// `kill -9`.
  void kill() {
    Process running = Objects.requireNonNull(process);
    running.destroyForcibly();
    Eventually.eventually("Tamas is dead", READY, () -> !running.isAlive());
  }

  void freeze() {
    signal("STOP");
    frozen = true;
  }

  /// Brings it back from the dead or the frozen.
  void recover() {
    if (!isAlive()) {
      start();
    } else if (frozen) {
      signal("CONT");
      frozen = false;
      Eventually.eventually("Tamas is ready again; see " + log(), READY, this::isReady);
    }
  }

  private void signal(String name) {
    String pid = Long.toString(Objects.requireNonNull(process).pid());
    try {
      new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    }
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
    http.close();
  }
}
