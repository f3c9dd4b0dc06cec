package io.tamas.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A running program that does jobs with its client.
final class ClientAtWork implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final BufferedWriter jobs;
  private final BufferedReader results;

  ClientAtWork(ClientProgram program, String key) {
    log = program.folder().resolve("work.log");
    ProcessBuilder builder =
        new ProcessBuilder(program.command())
            .directory(program.folder().toFile())
            .redirectError(log.toFile());
    builder.environment().put("TAMAS_KEY", key);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jobs = process.outputWriter();
    results = process.inputReader();
  }

  /// What came of a job.
  JsonNode does(String job, Map<String, ?> arguments) {
    JsonNode answer = answer(job, arguments);
    if (!answer.has("result")) {
      throw new AssertionError(job + " was refused: " + answer);
    }
    return answer.path("result");
  }

  /// The problem document by which a job was refused.
  JsonNode isRefused(String job, Map<String, ?> arguments) {
    JsonNode answer = answer(job, arguments);
    if (!answer.has("problem")) {
      throw new AssertionError(job + " was not refused: " + answer);
    }
    return answer.path("problem");
  }

  private JsonNode answer(String job, Map<String, ?> arguments) {
    try {
      jobs.write(Json.write(List.of(job, arguments)) + "\n");
      jobs.flush();
      String line =
          CompletableFuture.supplyAsync(this::line).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      return Json.read(line, JsonNode.class);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new AssertionError(job + " was not done; see " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String line() {
    try {
      String line = results.readLine();
      if (line == null) {
        throw new IllegalStateException("the client has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
