package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether a start has succeeded, by what the server answers to `/health/ready`.
class ServerProcessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          503 | {"status":"not ready","checks":{"database":{"ready":true,"reason":""},"storage":{"ready":false,"reason":"journal: full"}}}      | true  | ATTENTION: calls are being lost, or about to be: journal: full
          503 | {"status":"not ready","checks":{"database":{"ready":false,"reason":"away"},"storage":{"ready":false,"reason":"journal: full"}}} | false | ATTENTION: calls are being lost, or about to be: journal: full
          503 | {"status":"not ready","checks":{"database":{"ready":false,"reason":"away"},"storage":{"ready":true,"reason":""}}}               | false | ``
          200 | {"status":"ready","checks":{"storage":{"ready":true,"reason":""}}}                                                              | false | ``
          200 | {"status":"ready","checks":{"storage":{"ready":true,"reason":"prompts: low"}}}                                                  | false | ATTENTION: space is running out: prompts: low
          0   | Connection refused                                                                                                              | false | ``
          """)
  void aServerThatLacksOnlySpaceTakesCalls(int status, String body, boolean lacks, String why) {
    ServerProcess.Health health = new ServerProcess.Health(status, body);
    assertEquals(lacks, health.lacksOnlySpace());
    assertEquals(why, health.storage());
  }
}
